// `stacklab statsd-proxy FILE`: StatsD's proxy, told by a configuration file of the real program.

import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { good, type Result } from '../../core/base/result.ts';
import type { Address } from '../../core/host/net.ts';
import { makeProxy } from '../../core/statsd/proxy.ts';
import { makeNodeClock } from '../clock.ts';
import { readProxyFile } from '../conf.ts';
import { nodeDatagrams } from '../datagrams.ts';
import { makeNodeNet } from '../net.ts';
import { readNamed } from '../small-files.ts';
import { listenUnix } from '../unix-socket.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { showAddress } from './options.ts';

export function addStatsdProxy(program: Command): void {
  program
    .command('statsd-proxy')
    .description('a proxy before several StatsDs: each key goes to one of them')
    .argument('<file>', "the proxy's configuration: an object of JavaScript without code, or JSON")
    .action(async (file: string) => {
      runDaemon(await start(file));
      // What the real program says, and what scripts wait for.
      console.log('server is up');
    });
}

async function start(file: string): Promise<Result<Daemon>> {
  const text = readNamed(file);
  if (!text.ok) return text;
  const read = readProxyFile(text.value, file);
  if (!read.ok) return read;
  const { config, warnings } = read.value;
  const proxy = makeProxy(
    {
      clock: makeNodeClock(),
      net: makeNodeNet(),
      listenUnix,
      log: daemonLog(),
      md5: (message) => createHash('md5').update(message).digest(),
      openSender: ({ host, port }, failed) =>
        nodeDatagrams.open(
          { host, port, interface: '', bindAddress: '', resolveInterval: 0, timeToLive: 0 },
          failed,
        ),
    },
    config,
  );
  const opened = await new Promise<Result<readonly Address[]>>((resolve) => proxy.start(resolve));
  if (!opened.ok) return opened;
  const listening = opened.value.map((at, i) => {
    const name = config.servers[i]?.protocol ?? 'management';
    return `${name} ${name === 'unix' ? at.host : showAddress(at)}`;
  });
  const nodes = config.nodes.map(showAddress).join(' ');
  return good({
    ready: ['statsd-proxy', ...listening, `to ${nodes}`].join('  '),
    warnings,
    stop() {
      proxy.stop();
      return Promise.resolve(null);
    },
  });
}
