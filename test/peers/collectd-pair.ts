// The real collectd beside our collector: the same collectd.conf on the same machine, into one Carbon of ours.
//
//   collectd         ("real-host") --.
//                                       +--> stacklab carbon --> Whisper files
//   stacklab collector ("our-host") --'

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../node/program.ts';
import { EVERY_SECOND, startOurCarbon, startOurCollector } from './ours.ts';
import { COLLECTD, startPeer } from './peer.ts';
import { collectdHead } from './collectd-head.ts';
import { fileIn, pathsBelow } from './stored.ts';

export const HOSTS = ['real-host', 'our-host'];
/** After so many readings every plugin has told all its names; rates need two. */
const READINGS_MIN = 3;

/** What both are told. `load` must be among the plugins: it shows how far each is. */
export interface Asked {
  readonly plugins: readonly string[];
  /** Their blocks. */
  readonly blocks?: string;
  /** Lines of the block of write_graphite. */
  readonly node?: string;
  /** Runs once both read. */
  readonly meanwhile?: () => void;
}

export interface Collected {
  /** Files that each makes of its readings, with HOST for its name. */
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
  readonly carbonPort: number;
}

export const dataIn = (folder: string): string => join(folder, 'whisper');

export async function collectBoth(folder: string, asked: Asked): Promise<Collected> {
  writeFileSync(join(folder, 'storage-schemas.conf'), EVERY_SECOND);
  const data = dataIn(folder);
  const carbon = await startOurCarbon(folder, data);
  const confOf = (host: string): string => {
    const file = join(folder, `${host}.conf`);
    writeFileSync(file, collectdConf(folder, host, carbon.port, asked));
    return file;
  };
  const peer = await startPeer(COLLECTD, ['-f', '-C', confOf('real-host')], (printed) =>
    printed.includes('entering read-loop'),
  );
  const collector = await startOurCollector(confOf('our-host'));
  const bothRead = (count: number) =>
    eventually(() => Math.min(...HOSTS.map((host) => readings(data, host))) >= count || null);
  if (asked.meanwhile) {
    await bothRead(1);
    asked.meanwhile();
  }
  await bothRead(asked.meanwhile ? 2 * READINGS_MIN : READINGS_MIN);
  await peer.stop();
  await collector.stop();
  await carbon.stop();
  const namesOf = (host: string): readonly string[] =>
    pathsBelow(data)
      .filter((path) => path.includes(host))
      .map((path) => path.replace(host, 'HOST'));
  return { theirs: namesOf('real-host'), ours: namesOf('our-host'), carbonPort: carbon.port };
}

/** How many readings of a host are on disk. */
function readings(data: string, host: string): number {
  // Our Carbon makes a file beside its name, with ".tmp" behind it.
  const isClock = (path: string): boolean => path.includes(host) && path.endsWith('/shortterm.wsp');
  const clock = pathsBelow(data).find(isClock);
  return clock === undefined ? 0 : (fileIn(data, clock)?.archives[0]?.size ?? 0);
}

function collectdConf(folder: string, host: string, port: number, asked: Asked): string {
  const base = join(folder, 'base');
  mkdirSync(base, { recursive: true });
  return `${collectdHead(host, base)}${asked.plugins.map((name) => `LoadPlugin ${name}\n`).join('')}
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${port}"
    Protocol "tcp"
${asked.node ?? ''}
  </Node>
</Plugin>
${asked.blocks ?? ''}`;
}
