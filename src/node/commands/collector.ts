// `stacklab collector -C FILE`: the collector alone, told by a collectd.conf.

import { hostname } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { makeCollector } from '../../core/collect/collector.ts';
import { readOnce, showReadings } from '../../core/collect/read-once.ts';
import { makeNodeClock } from '../clock.ts';
import { readCollectorFile } from '../conf.ts';
import { endProcess } from '../end-process.ts';
import { makeNodeNet } from '../net.ts';
import { makeSensors } from '../sensors.ts';
import { readNamed } from '../small-files.ts';
import { openSpools } from '../spools.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { showAddress } from './options.ts';

interface Options {
  readonly config: string;
  readonly test?: true;
  readonly testReads?: true;
}

export function addCollector(program: Command): void {
  program
    .command('collector')
    .description('the collector alone: reads this machine, sends lines to Carbon')
    .requiredOption('-C, --config <file>', 'a collectd.conf')
    .option('-t, --test', 'only look whether the file can be read')
    .option('-T, --test-reads', 'let each plugin read once, print what it read, and end')
    .action(async ({ config, test, testReads }: Options) => {
      if (test && testReads) throw new InvalidArgumentError('-t and -T are two different tests.');
      if (test) process.exit(checkFile(config));
      else if (testReads) await endProcess(await testEachRead(config));
      else runDaemon(await start(config));
    });
}

/** The last lines are on their way when the collector stops; this long the process stays to send them. */
const LAST_LINES_MS = 200;

function readFile(file: string): ReturnType<typeof readCollectorFile> {
  const text = readNamed(file);
  return text.ok ? readCollectorFile(text.value, file) : text;
}

function checkFile(file: string): number {
  const read = readFile(file);
  if (!read.ok) {
    console.error(read.why);
    return 1;
  }
  const { config, warnings } = read.value;
  for (const warning of warnings) console.error(warning);
  const plugins = Object.keys(config.plugins).join(', ') || 'none';
  console.log(`${file}: it can be read. Plugins: ${plugins}.`);
  return 0;
}

async function testEachRead(file: string): Promise<number> {
  const read = readFile(file);
  if (!read.ok) {
    console.error(read.why);
    return 1;
  }
  const { config, warnings } = read.value;
  for (const warning of warnings) console.error(warning);
  const { sensors, stop } = await makeSensors(config.intervalS);
  const host = { clock: makeNodeClock(), log: daemonLog(), sensors };
  const readings = await new Promise<Parameters<typeof showReadings>[0]>((resolve) =>
    readOnce(host, config.hostname ?? hostname(), config, resolve),
  );
  stop();
  console.log(showReadings(readings));
  return readings.every(({ answer }) => answer.ok) ? 0 : 1;
}

async function start(file: string): Promise<Result<Daemon>> {
  const read = readFile(file);
  if (!read.ok) return read;
  const { config } = read.value;
  const spools = openSpools(config.writeGraphite);
  if (!spools.ok) return bad(`${file}: ${spools.why}`);
  const { spoolOf, close } = spools.value;
  const sensors = await makeSensors(config.intervalS);
  const parts = { clock: makeNodeClock(), net: makeNodeNet(), log: daemonLog(), spoolOf };
  const collector = makeCollector(
    { ...parts, sensors: sensors.sensors },
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
      const lost = await new Promise<number>((resolve) => collector.stop(resolve));
      sensors.stop();
      await new Promise((resolve) => setTimeout(resolve, LAST_LINES_MS));
      close();
      return lost === 0 ? null : `${lost} lines were not taken by Carbon and are lost.`;
    },
  });
}
