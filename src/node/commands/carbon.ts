// `stacklab carbon`: Carbon alone, over a tree of Whisper files.

import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { AGGREGATION_FILE } from '../../core/carbon/aggregation.ts';
import { makeCarbon, type Carbon, type CarbonAddresses } from '../../core/carbon/carbon.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../core/carbon/config.ts';
import { SCHEMAS_FILE } from '../../core/carbon/schemas.ts';
import type { Address } from '../../core/host/net.ts';
import { CARBON_FILE, readCarbonConf } from '../carbon-conf.ts';
import { makeNodeClock } from '../clock.ts';
import { readStorageRules, type Read } from '../conf.ts';
import { makeNodeDisk } from '../disk.ts';
import { messageOf } from '../files.ts';
import { takeLock } from '../lock.ts';
import { makeNodeNet } from '../net.ts';
import { readNamed, readOrNull } from '../small-files.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { parseAddress, showAddress, stateFolder } from './options.ts';

interface Options {
  readonly config: string;
  readonly data: string;
  readonly state?: string;
  readonly line: Address;
  readonly udp?: Address;
  readonly pickle?: Address;
  readonly query?: Address;
}

const PORTS = ['line', 'udp', 'pickle', 'query'] as const;

export function addCarbon(program: Command): void {
  program
    .command('carbon')
    .description('Carbon alone: takes points, writes Whisper files')
    .requiredOption(
      '--config <dir>',
      `folder of ${SCHEMAS_FILE}, ${AGGREGATION_FILE}, ${CARBON_FILE}`,
    )
    .requiredOption('--data <dir>', 'the tree of Whisper files')
    .option(
      '--state <dir>',
      'where the journal and the lock are kept (default: the data folder with -state behind it)',
    )
    .requiredOption('--line <ip:port>', 'lines over TCP; port 0 is any free one', parseAddress)
    .option('--udp <ip:port>', 'lines over UDP', parseAddress)
    .option('--pickle <ip:port>', 'pickles over TCP', parseAddress)
    .option('--query <ip:port>', 'answers what is not written yet', parseAddress)
    .action(async (options: Options) => runDaemon(await start(options)));
}

async function start(options: Options): Promise<Result<Daemon>> {
  const read = readConfig(options);
  if (!read.ok) return read;
  const { config, warnings } = read.value;
  try {
    mkdirSync(options.data, { recursive: true });
  } catch (error) {
    return bad(`The folder ${options.data} cannot be made: ${messageOf(error)}.`);
  }
  const lock = takeLock(
    stateFolder(options),
    (pid) =>
      `Another Carbon (process ${pid}) writes to ${options.data}; a tree has one writer. Stop it first, or choose another --data.`,
  );
  if (!lock.ok) return lock;

  const carbon = makeCarbon(
    {
      clock: makeNodeClock(),
      net: makeNodeNet(),
      files: makeNodeDisk(options.data),
      state: makeNodeDisk(stateFolder(options)),
      log: daemonLog(),
    },
    config,
  );
  const opened = await new Promise<Result<CarbonAddresses>>((resolve) => carbon.start(resolve));
  if (!opened.ok) {
    lock.value();
    return opened;
  }
  const places = PORTS.flatMap((name) => {
    const at = opened.value[name];
    return at === null ? [] : [`${name} ${showAddress(at)}`];
  });
  return good({
    ready: ['carbon', ...places, `data ${options.data}`].join('  '),
    warnings,
    async stop() {
      await untilQuiet(carbon);
      const unwritten = await new Promise<number>((resolve) => carbon.stop(resolve));
      lock.value();
      return unwritten === 0 ? null : `${unwritten} points could not be written; see above why.`;
    },
  });
}

function readConfig(options: Options): Result<Read<CarbonConfig>> {
  const { config: folder, line, udp = null, pickle = null, query = null } = options;
  // The real program does not start without it either: every metric would be kept by accident.
  const schemas = readNamed(join(folder, SCHEMAS_FILE));
  if (!schemas.ok) return schemas;
  const rules = readStorageRules(schemas.value, readOrNull(join(folder, AGGREGATION_FILE)));
  if (!rules.ok) return bad(`${folder}: ${rules.why}`);
  const conf = readCarbonConf(readOrNull(join(folder, CARBON_FILE)) ?? '');
  if (!conf.ok) return bad(`${folder}: ${conf.why}`);
  return good({
    config: {
      ...CARBON_DEFAULTS,
      hostName: hostname(),
      ...rules.value.config,
      ...conf.value.config,
      line,
      udp,
      pickle,
      query,
    },
    warnings: [...rules.value.warnings, ...conf.value.warnings],
  });
}

/** What a sender wrote before the stop may still lie in the kernel: it is read as long as more comes. */
const QUIET_MS = 100;
const QUIET_WAIT_MS_MAX = 1000;

async function untilQuiet(carbon: Carbon): Promise<void> {
  const endMs = performance.now() + QUIET_WAIT_MS_MAX;
  for (let before = -1; performance.now() < endMs;) {
    const { metricsReceived } = carbon.stats();
    if (metricsReceived === before) return;
    before = metricsReceived;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}
