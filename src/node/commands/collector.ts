// `stacklab collector -C FILE`: the collector alone, told by a collectd.conf.

import { hostname } from 'node:os';
import type { Command } from 'commander';
import { good, type Result } from '../../core/base/result.ts';
import { makeCollector } from '../../core/collect/collector.ts';
import { makeNodeClock } from '../clock.ts';
import { readCollectorFile } from '../conf.ts';
import { makeNodeNet } from '../net.ts';
import { makeSensors } from '../sensors.ts';
import { readNamed } from '../small-files.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { showAddress } from './options.ts';

export function addCollector(program: Command): void {
  program
    .command('collector')
    .description('the collector alone: reads this machine, sends lines to Carbon')
    .requiredOption('-C, --config <file>', 'a collectd.conf')
    .action(async ({ config }: { config: string }) => runDaemon(await start(config)));
}

/** The last lines are on their way when the collector stops; this long the process stays to send them. */
const LAST_LINES_MS = 200;

async function start(file: string): Promise<Result<Daemon>> {
  const text = readNamed(file);
  if (!text.ok) return text;
  const read = readCollectorFile(text.value, file);
  if (!read.ok) return read;
  const { config } = read.value;
  const sensors = await makeSensors(config.intervalS);
  const collector = makeCollector(
    { clock: makeNodeClock(), net: makeNodeNet(), sensors: sensors.sensors, log: daemonLog() },
    config.hostname ?? hostname(),
    config,
  );
  collector.start();
  const targets = config.writeGraphite.map((node) => `${node.protocol} to ${showAddress(node)}`);
  const nowhere =
    targets.length > 0 ? [] : [`${file}: there is no <Node> of write_graphite; nothing is sent.`];
  return good({
    ready: ['collector', ...targets, `every ${config.intervalS} s`].join('  '),
    warnings: [...read.value.warnings, ...nowhere],
    async stop() {
      collector.stop();
      sensors.stop();
      await new Promise((resolve) => setTimeout(resolve, LAST_LINES_MS));
      return null;
    },
  });
}
