// `stacklab carbon`: Carbon alone, over a tree of Whisper files.

import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { InvalidArgumentError, type Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { AGGREGATION_FILE } from '../../core/carbon/aggregation.ts';
import { makeCarbon, type Carbon } from '../../core/carbon/carbon.ts';
import type { CarbonAddresses } from '../../core/carbon/listen.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../core/carbon/config.ts';
import { SCHEMAS_FILE } from '../../core/carbon/schemas.ts';
import { KEPT_IN_STRICT, STRICT_CHANGES, STRICT_DEFAULTS } from '../../core/carbon/strict.ts';
import { isLoopback, type Address } from '../../core/host/net.ts';
import { CARBON_FILE, readCarbonConf, type CarbonConf } from '../carbon-conf.ts';
import { readListsIn, readRulesIn, watchRules } from '../carbon-rules.ts';
import { openTagLog, TAGS_FILE } from '../../core/tags/tag-log.ts';
import { makeNodeClock } from '../clock.ts';
import { makeNodeDisk } from '../disk.ts';
import { messageOf } from '../files.ts';
import { takeLock } from '../lock.ts';
import { makeNodeNet } from '../net.ts';
import { makePlainLines } from '../plain-lines.ts';
import { readOrNull } from '../small-files.ts';
import { makeNodeUsage } from '../usage.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { parseAddress, showAddress, stateFolder, strictHelp } from './options.ts';

interface Options {
  readonly config: string;
  readonly instance: string;
  readonly sync: number;
  readonly strict?: boolean;
  readonly data?: string;
  readonly state?: string;
  readonly line?: Address;
  readonly udp?: Address;
  readonly pickle?: Address;
  readonly query?: Address;
}

/** A daemon has nothing else to do. */
const WRITE_INTERVAL_MS = 100;

const PORTS = ['line', 'udp', 'pickle', 'query'] as const;

export function addCarbon(program: Command): void {
  program
    .command('carbon')
    .description('Carbon alone: takes points, writes Whisper files')
    .requiredOption(
      '--config <dir>',
      `folder of ${SCHEMAS_FILE}, ${AGGREGATION_FILE}, ${CARBON_FILE}`,
    )
    .option('--data <dir>', `the tree of Whisper files (default: LOCAL_DATA_DIR of ${CARBON_FILE})`)
    .option(
      '--state <dir>',
      'where the journal and the lock are kept (default: the data folder with -state behind it)',
    )
    .option(
      '--line <ip:port>',
      `lines over TCP; port 0 is any free one (this and the next: else as ${CARBON_FILE} says)`,
      parseAddress,
    )
    .option('--udp <ip:port>', 'lines over UDP', parseAddress)
    .option('--pickle <ip:port>', 'pickles over TCP', parseAddress)
    .option('--query <ip:port>', 'answers what is not written yet', parseAddress)
    .option(
      '--instance <name>',
      `whose section [cache:<name>] of ${CARBON_FILE} counts over [cache]`,
      'a',
    )
    .option(
      '--sync <ms>',
      'what is accepted is in the journal on the disk after about so many milliseconds',
      parseSyncMs,
      CARBON_DEFAULTS.journalSyncMs,
    )
    .option('--strict', 'does as the real program where we are kinder on purpose: see below')
    .addHelpText('after', strictHelp('--strict', STRICT_CHANGES, KEPT_IN_STRICT))
    .action(async (options: Options) => runDaemon(await start(options)));
}

/** Less and the disk is asked all the time; more and a power cut takes minutes. */
const SYNC_MS_MIN = 10;
const SYNC_MS_MAX = 60_000;

function parseSyncMs(text: string): number {
  const ms = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (ms >= SYNC_MS_MIN && ms <= SYNC_MS_MAX) return ms;
  throw new InvalidArgumentError(
    `It wants milliseconds from ${SYNC_MS_MIN} to ${SYNC_MS_MAX}, like 100.`,
  );
}

/** All that the options and the files say. */
interface Settings {
  readonly config: CarbonConfig;
  readonly data: string;
  readonly usesLists: boolean;
}

async function start(options: Options): Promise<Result<Daemon>> {
  const read = readSettings(options);
  if (!read.ok) return read;
  const { settings, warnings } = read.value;
  const { config, data, usesLists } = settings;
  const state = stateFolder({ ...options, data });
  try {
    mkdirSync(data, { recursive: true });
  } catch (error) {
    return bad(`The folder ${data} cannot be made: ${messageOf(error)}.`);
  }
  const lock = takeLock(
    state,
    (pid) =>
      `Another Carbon (process ${pid}) writes to ${data}; a tree has one writer. Stop it first, or choose another --data.`,
  );
  if (!lock.ok) return lock;

  const log = daemonLog();
  const stateDisk = makeNodeDisk(state);
  const host = {
    clock: makeNodeClock(),
    net: makeNodeNet(),
    files: makeNodeDisk(data),
    state: stateDisk,
    tags: openTagLog(stateDisk, TAGS_FILE, log),
    log,
    usage: makeNodeUsage(),
    plainLines: makePlainLines,
    crc32,
  };
  const carbon = makeCarbon(host, config);
  const opened = await new Promise<Result<CarbonAddresses>>((resolve) => carbon.start(resolve));
  if (!opened.ok) {
    lock.value();
    return opened;
  }
  const unwatch = watchRules(options.config, usesLists, carbon, host);
  const places = PORTS.flatMap((name) => {
    const at = opened.value[name];
    return at === null ? [] : [{ host: at.host, text: `${name} ${showAddress(at)}` }];
  });
  return good({
    ready: ['carbon', ...places.map(({ text }) => text), `data ${data}`].join('  '),
    warnings: [...warnings, ...openToOthers(places)],
    async stop() {
      unwatch();
      await untilQuiet(carbon);
      const unwritten = await new Promise<number>((resolve) => carbon.stop(resolve));
      lock.value();
      return unwritten === 0 ? null : `${unwritten} points could not be written; see above why.`;
    },
  });
}

function openToOthers(
  places: readonly { readonly host: string; readonly text: string }[],
): readonly string[] {
  const open = places.filter(({ host }) => !isLoopback(host)).map(({ text }) => text);
  if (open.length === 0) return [];
  return [`Open to other machines, without a password: ${open.join(', ')}.`];
}

function readSettings(
  options: Options,
): Result<{ readonly settings: Settings; readonly warnings: readonly string[] }> {
  const { config: folder, instance, strict = false } = options;
  const rules = readRulesIn(folder);
  if (!rules.ok) return rules;
  const conf = readCarbonConf(readOrNull(join(folder, CARBON_FILE)) ?? '', instance);
  if (!conf.ok) return bad(withFolder(folder, conf.why));
  const { usesLists, dataFolder } = conf.value.config;
  const data = options.data ?? dataFolder;
  if (data === null)
    return bad(
      `Where are the Whisper files? Neither --data nor LOCAL_DATA_DIR in ${join(folder, CARBON_FILE)} says it.`,
    );
  const addresses = readAddresses(options, conf.value.config);
  if (addresses.line === null && addresses.pickle === null && addresses.udp === null)
    return bad(
      `Where do points come in? Neither --line nor LINE_RECEIVER_PORT in ${join(folder, CARBON_FILE)} says it.`,
    );
  const lists = readListsIn(folder, usesLists);
  const base: CarbonConfig = {
    ...CARBON_DEFAULTS,
    ...(strict ? STRICT_DEFAULTS : {}),
    hostName: hostname(),
    instance,
    writeIntervalMs: WRITE_INTERVAL_MS,
    journalSyncMs: options.sync,
    ...rules.value.config,
    ...conf.value.config.config,
    ...addresses,
    lists: lists.config,
  };
  const config = { ...base, paths: { ...base.paths, skipsEmptyParts: strict } };
  return good({
    settings: { config, data, usesLists },
    warnings: [...rules.value.warnings, ...conf.value.warnings, ...lists.warnings],
  });
}

/** Each fault of a file is a line of its own, with the folder of the file. */
function withFolder(folder: string, faults: string): string {
  return faults.replaceAll(/^/gm, `${folder}: `);
}

/** The command line wins; what nobody says is not listened to. */
function readAddresses(options: Options, { listen }: CarbonConf): CarbonAddresses {
  const at = (name: keyof CarbonAddresses): Address | null => options[name] ?? listen[name] ?? null;
  return { line: at('line'), udp: at('udp'), pickle: at('pickle'), query: at('query') };
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
