// `stacklab statsd FILE`: StatsD alone, told by a configuration file of the real program.

import type { Command } from 'commander';
import { good, type Result } from '../../core/base/result.ts';
import type { Address } from '../../core/host/net.ts';
import { KEPT_IN_STRICT, STRICT_CHANGES } from '../../core/statsd/strict.ts';
import { makeStatsd } from '../../core/statsd/statsd.ts';
import { makeNodeClock } from '../clock.ts';
import { readStatsdFile } from '../conf.ts';
import { makeNodeNet } from '../net.ts';
import { readNamed } from '../small-files.ts';
import { makeKeyTeller } from '../statsd-output.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { showAddress, strictHelp } from './options.ts';

export function addStatsd(program: Command): void {
  program
    .command('statsd')
    .description('StatsD alone: counts packets, sends sums to Carbon')
    .argument('<file>', 'a StatsD configuration: an object of JavaScript without code, or JSON')
    .addHelpText('after', strictHelp('strict: true', STRICT_CHANGES, KEPT_IN_STRICT))
    .action(async (file: string) => {
      runDaemon(await start(file));
      // What the real program says, and what scripts wait for.
      console.log('server is up');
    });
}

async function start(file: string): Promise<Result<Daemon>> {
  const text = readNamed(file);
  if (!text.ok) return text;
  const read = readStatsdFile(text.value, file);
  if (!read.ok) return read;
  const { config, warnings } = read.value;
  const log = daemonLog();
  const statsd = makeStatsd(
    { clock: makeNodeClock(), net: makeNodeNet(), log, keysCounted: makeKeyTeller(config, log) },
    config,
  );
  const opened = await new Promise<Result<readonly Address[]>>((resolve) => statsd.start(resolve));
  if (!opened.ok) return opened;
  const listening = opened.value.map(
    (at, i) => `${config.servers[i]?.protocol} ${showAddress(at)}`,
  );
  const target =
    config.graphite === null
      ? 'sends nothing (no graphiteHost)'
      : `to ${showAddress(config.graphite)}`;
  return good({
    ready: ['statsd', ...listening, target, `every ${config.flushIntervalMs} ms`].join('  '),
    warnings,
    async stop() {
      const unsent = await new Promise<number>((resolve) => statsd.stop(resolve));
      return unsent === 0 ? null : `${unsent} flushes were not taken by Carbon and are lost.`;
    },
  });
}
