// `stacklab collector -C FILE`: the collector alone, told by a collectd.conf.

import { hostname } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { makeCollector } from '../../core/collect/collector.ts';
import { readOnce, showReadings } from '../../core/collect/read-once.ts';
import type { NetworkConfig } from '../../core/collect/network/network-config.ts';
import type { Address } from '../../core/host/net.ts';
import { makeNodeClock } from '../clock.ts';
import { collectorPorts } from '../collector-ports.ts';
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
    .addHelpText('after', NETWORK_HELP)
    .action(async ({ config, test, testReads }: Options) => {
      if (test && testReads) throw new InvalidArgumentError('-t and -T are two different tests.');
      if (test) process.exit(checkFile(config));
      else if (testReads) await endProcess(await testEachRead(config));
      else runDaemon(await start(config));
    });
}

const NETWORK_HELP = `
The plugin network, as collectd has it:
  <Plugin network>
    Server "10.0.0.2"                     values go there, port 25826
    <Server "collector.example.org" "25826">
      SecurityLevel Encrypt               or Sign, or None
      Username "web1"
      Password "secret"                   also Interface, BindAddress, ResolveInterval
    </Server>
    <Listen "127.0.0.1">                  values come from there
      SecurityLevel Sign                  signed or encrypted ones only
      AuthFile "/etc/collectd/passwd"     lines "user: password"; read again when it changes
    </Listen>
  </Plugin>                               also TimeToLive, MaxPacketSize, Forward, ReportStats
  A packet goes out when it is full, and at SIGUSR1; "FlushInterval 10" in <LoadPlugin network> sends it after 10 s.
  Values of types that our own plugins do not have need a TypesDB line.
`;

function networkLines(network: NetworkConfig | null): readonly string[] {
  if (network === null) return [];
  return [
    ...network.servers.map((at) => `network: values go to ${showAddress(at)} (${at.level}).`),
    ...network.listens.map((at) => `network: it listens on ${showAddress(at)} (${at.level}).`),
  ];
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
  for (const warning of [...warnings, ...collectorPorts(config).warnings]) console.error(warning);
  const plugins = Object.keys(config.plugins).join(', ') || 'none';
  console.log(`${file}: it can be read. Plugins: ${plugins}.`);
  for (const line of networkLines(config.network)) console.log(line);
  return 0;
}

async function testEachRead(file: string): Promise<number> {
  const read = readFile(file);
  if (!read.ok) {
    console.error(read.why);
    return 1;
  }
  const { config, warnings } = read.value;
  const { ports, warnings: typeWarnings } = collectorPorts(config);
  for (const warning of [...warnings, ...typeWarnings]) console.error(warning);
  const { sensors, stop } = await makeSensors(config.intervalS);
  const host = { clock: makeNodeClock(), log: daemonLog(), sensors, types: ports.types };
  const readings = await new Promise<Parameters<typeof showReadings>[0]>((resolve) =>
    readOnce(host, config.hostname ?? hostname(), config, resolve),
  );
  stop();
  console.log(showReadings(readings));
  for (const line of networkLines(config.network)) console.log(line);
  return readings.every(({ answer }) => answer.ok) ? 0 : 1;
}

async function start(file: string): Promise<Result<Daemon>> {
  const read = readFile(file);
  if (!read.ok) return read;
  const { config } = read.value;
  const spools = openSpools(config.writeGraphite.map(({ spool }) => spool));
  if (!spools.ok) return bad(`${file}: ${spools.why}`);
  const { spoolOf, close } = spools.value;
  const { ports, warnings } = collectorPorts(config);
  const { sensors, stop: stopSensors } = await makeSensors(config.intervalS);
  const parts = { clock: makeNodeClock(), net: makeNodeNet(), log: daemonLog(), spoolOf };
  const collector = makeCollector(
    { ...parts, sensors, ...ports },
    config.hostname ?? hostname(),
    config,
  );
  const started = await new Promise<Result<readonly Address[]>>((resolve) =>
    collector.start(resolve),
  );
  if (!started.ok) return started;
  process.on('SIGUSR1', () => collector.flush());
  const targets = [
    ...config.writeGraphite.map((node) => `${node.protocol} to ${showAddress(node)}`),
    ...(config.network?.servers ?? []).map((server) => `network to ${showAddress(server)}`),
  ];
  const nowhere =
    targets.length > 0
      ? []
      : [
          `${file}: there is no <Node> of write_graphite and no <Server> of network; nothing is sent.`,
        ];
  const listening = started.value.map((at) => `listens ${showAddress(at)}`);
  return good({
    ready: ['collector', ...listening, ...targets, `every ${config.intervalS} s`].join('  '),
    warnings: [...read.value.warnings, ...warnings, ...nowhere],
    async stop() {
      const lost = await new Promise<number>((resolve) => collector.stop(resolve));
      stopSensors();
      await new Promise((resolve) => setTimeout(resolve, LAST_LINES_MS));
      close();
      return lost === 0 ? null : `${lost} lines were not taken by Carbon and are lost.`;
    },
  });
}
