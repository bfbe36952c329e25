// What Apache's page server-status?auto tells: apache-<instance>/apache_requests, apache_scoreboard-sending.
//
//   Total Accesses: 12
//   BusyWorkers: 1
//   Scoreboard: W____...

import { bad, good, type Result } from '../../base/result.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions } from '../options.ts';
import type { Asker, AskingHost, AskingPlugin } from '../plugin.ts';
import { valueList, type TypeName, type ValueList } from '../value-list.ts';
import { PAGE_DEFAULTS, pageRequest, type PageOptions } from './page-options.ts';
import { gather } from './gather.ts';

interface InstanceOptions extends Omit<PageOptions, 'socket'> {
  /** "apache" or "lighttpd": their score boards have other letters. */
  readonly server: string;
}

export interface ApacheOptions {
  readonly instances: Readonly<Record<string, InstanceOptions>>;
}

const { socket: _, ...INSTANCE_PAGE } = PAGE_DEFAULTS;
const INSTANCE_DEFAULTS: InstanceOptions = { ...INSTANCE_PAGE, server: 'apache' };

export const apache: AskingPlugin<ApacheOptions> = {
  name: 'apache',
  defaults: { instances: {} },
  special: { instance: readInstance },
  start: (options, host) => makeAsker(options, host),
};

function readInstance(options: ApacheOptions, item: ConfItem): Result<ApacheOptions> {
  const name = String(item.args[0] ?? '');
  const read = readOptions(item.children ?? [], INSTANCE_DEFAULTS, 'block <Instance>');
  if (!read.ok) return read;
  const { url, server } = read.value;
  if (url === '') return bad(`Line ${item.line}: <Instance "${name}"> has no URL.`);
  if (server !== 'apache' && server !== 'lighttpd')
    return bad(`Line ${item.line}: Server is "apache" or "lighttpd", received "${server}".`);
  return good({ instances: { ...options.instances, [name]: read.value } });
}

function makeAsker(options: ApacheOptions, { outside, intervalS, log }: AskingHost): Asker {
  const instances = Object.entries(options.instances);
  return {
    read(done) {
      if (instances.length === 0) return done(bad('its block has no <Instance>'));
      const took = gather(instances.length, done, (why) =>
        log.say('warning', `The plugin apache: ${why}.`),
      );
      for (const [name, instance] of instances)
        outside.fetchPage(pageRequest({ ...instance, socket: '' }, intervalS), (page) =>
          took(page.ok ? readServerStatus(page.value, name, instance.server) : page),
        );
    },
    stop() {},
  };
}

const APACHE_BOARD: Readonly<Record<string, string>> = {
  '.': 'open',
  _: 'waiting',
  S: 'starting',
  R: 'reading',
  W: 'sending',
  K: 'keepalive',
  D: 'dnslookup',
  C: 'closing',
  L: 'logging',
  G: 'finishing',
  I: 'idle_cleanup',
};

const LIGHTTPD_BOARD: Readonly<Record<string, string>> = {
  '.': 'connect',
  C: 'close',
  E: 'hard_error',
  r: 'read',
  R: 'read_post',
  W: 'write',
  h: 'handle_request',
  q: 'request_start',
  Q: 'request_end',
  s: 'response_start',
  S: 'response_end',
};

const BYTES_PER_KB = 1024;

export function readServerStatus(
  page: string,
  pluginInstance: string,
  server: string,
): Result<readonly ValueList[]> {
  const list = (type: TypeName, value: number, typeInstance = ''): ValueList =>
    valueList({ plugin: 'apache', pluginInstance, type, typeInstance }, value);
  const lists = [...page.matchAll(/^(\w[\w ]*): *(.*?)\r?$/gm)].flatMap(([, key, text = '']) => {
    const value = Number(text);
    switch (key) {
      case 'Total Accesses':
        return [list('apache_requests', value)];
      case 'Total kBytes':
        return [list('apache_bytes', value * BYTES_PER_KB)];
      case 'BusyWorkers':
      case 'BusyServers':
        return [list('apache_connections', value)];
      case 'IdleWorkers':
      case 'IdleServers':
        return [list('apache_idle_workers', value)];
      case 'Scoreboard':
        return Object.entries(server === 'lighttpd' ? LIGHTTPD_BOARD : APACHE_BOARD).map(
          ([letter, name]) => list('apache_scoreboard', text.split(letter).length - 1, name),
        );
      default:
        return [];
    }
  });
  return lists.length > 0 ? good(lists) : bad('the page is not that of server-status?auto');
}
