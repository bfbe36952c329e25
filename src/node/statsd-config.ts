// StatsD's configuration file: a JavaScript object without code, so JSON5 reads it and nothing is run.

import JSON5 from 'json5';
import { bad, good, type Result } from '../core/base/result.ts';
import {
  STATSD_DEFAULTS,
  type Backend,
  type Histogram,
  type Repeater,
  type StatsdConfig,
  type StatsdServer,
} from '../core/statsd/config.ts';

/** Every key that has an effect, with the kind of value it wants. */
const KINDS = {
  servers: 'list',
  server: 'string',
  address: 'string',
  address_ipv6: 'boolean',
  socket: 'string',
  socket_mod: 'string',
  backends: 'list',
  console: 'object',
  dumpMessages: 'boolean',
  debug: 'boolean',
  title: 'string or false',
  log: 'object',
  repeater: 'list',
  repeaterProtocol: 'string',
  port: 'number',
  mgmt_address: 'string',
  mgmt_port: 'number',
  healthStatus: 'string',
  spool: 'string',
  stateFile: 'string',
  automaticConfigReload: 'boolean',
  graphiteHost: 'string',
  graphitePort: 'number',
  graphitePicklePort: 'number',
  graphiteProtocol: 'string',
  flushInterval: 'number',
  flushAligned: 'boolean',
  keyFlush: 'object',
  percentThreshold: 'numbers',
  flush_counts: 'boolean',
  keyNameSanitize: 'boolean',
  strict: 'boolean',
  histogramsAsTimers: 'boolean',
  gaugeAssign: 'boolean',
  prefixStats: 'string',
  deleteIdleStats: 'boolean',
  deleteCounters: 'boolean',
  deleteTimers: 'boolean',
  deleteSets: 'boolean',
  deleteGauges: 'boolean',
  gaugesMaxTTL: 'number',
  calculatedTimerMetrics: 'list',
  histogram: 'list',
  graphite: 'object',
} as const;

/** What the real program does not know, for the help of the command. */
export const OWN_OPTIONS: Readonly<Partial<Record<keyof typeof KINDS, string>>> = {
  spool:
    'a folder; each flush is there before it is sent, and arrives at least once, though this process is killed',
  stateFile:
    'a file; a stop keeps there what is open, and the next start goes on with it, and with the gauges after a kill',
  flushAligned: 'flushes come at whole multiples of the interval',
  histogramsAsTimers: 'the types h and d are timers',
  gaugeAssign: '"=" sets a gauge, also to a negative value: depth:=-4|g',
  strict: 'the mistakes of the real program, too',
};

export type FileValues = Readonly<Record<string, unknown>>;

export interface ReadStatsdConfig {
  readonly config: StatsdConfig;
  /** The file itself: the management port shows it. */
  readonly file: Readonly<Record<string, unknown>>;
  readonly reloads: boolean;
  /** What the process calls itself; null leaves its name as it is. */
  readonly title: string | null;
  readonly warnings: readonly string[];
}

const SERVERS = ['./servers/udp', './servers/tcp'];
const BACKENDS = ['./backends/graphite', './backends/console', './backends/repeater'];
const BACKEND_FOLDER = './backends/';
const LOG_BACKENDS = ['stdout', 'syslog'];
const NO_SYSLOG =
  'log: this StatsD logs to standard error, which systemd and others pass on to syslog by themselves; the backend "syslog" has no effect here.';

export function readStatsdConfig(text: string): Result<ReadStatsdConfig> {
  const read = readObject(text, KINDS);
  if (!read.ok) return read;
  const { file, warnings } = read.value;
  const whyNot = unknownServer(file) ?? unknownBackend(file) ?? unknownLog(file);
  if (whyNot !== null) return bad(whyNot);
  const { title } = file;
  return good({
    config: toConfig(file),
    file,
    reloads: file['automaticConfigReload'] !== false,
    title: typeof title === 'string' && title !== '' ? title : null,
    warnings: logBackend(file) === 'syslog' ? [...warnings, NO_SYSLOG] : warnings,
  });
}

/** The object in a file, whose values are of the `kinds` that are wanted. */
export function readObject(
  text: string,
  kinds: Readonly<Record<string, string>>,
): Result<{ readonly file: FileValues; readonly warnings: readonly string[] }> {
  let file: unknown;
  try {
    file = JSON5.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(`This is no object that can be read without running code (${why}).`);
  }
  if (!isObject(file)) return bad('The file holds no { ... } object.');
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(file)) {
    const kind = kinds[name];
    if (kind === undefined) warnings.push(`"${name}" has no effect here.`);
    else if (!fits(value, kind))
      return bad(`${name} wants a ${kind}, received ${JSON.stringify(value)}.`);
  }
  return good({ file, warnings });
}

/** The real program loads these as code; here there are those of its own that are named below. */
export function unknownServer({ servers, server }: FileValues): string | null {
  const named = Array.isArray(servers) ? servers : [{ server }];
  for (const each of named) {
    if (!isObject(each)) return `A server is an object, received ${JSON.stringify(each)}.`;
    const name = each['server'];
    if (name !== undefined && !SERVERS.includes(String(name)))
      return `There is no server "${String(name)}"; there are ${SERVERS.join(' and ')}.`;
  }
  return null;
}

function unknownBackend({ backends }: FileValues): string | null {
  const wanted = Array.isArray(backends) ? backends.map(String) : [];
  const missing = wanted.find((name) => !BACKENDS.includes(name));
  if (missing === undefined) return null;
  return `There is no backend "${missing}"; there are ${BACKENDS.join(', ')}.`;
}

function logBackend({ log }: FileValues): unknown {
  return isObject(log) ? (log['backend'] ?? 'stdout') : 'stdout';
}

function unknownLog(file: FileValues): string | null {
  const backend = logBackend(file);
  if (LOG_BACKENDS.includes(String(backend))) return null;
  return `log: there is no backend ${JSON.stringify(backend)}; there are ${LOG_BACKENDS.join(' and ')}.`;
}

export function isObject(value: unknown): value is FileValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: unknown, kind: string): boolean {
  if (kind === 'object') return isObject(value);
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'string or false') return typeof value === 'string' || value === false;
  if (kind === 'numbers') return [value].flat().every((each) => typeof each === 'number');
  return typeof value === kind;
}

function toConfig(file: FileValues): StatsdConfig {
  const get = <T>(name: keyof typeof KINDS, usual: T): T => (file[name] as T | undefined) ?? usual;
  const usual = STATSD_DEFAULTS;
  const space = get<FileValues>('graphite', {});
  const part = (name: keyof StatsdConfig['namespace']): string =>
    typeof space[name] === 'string' ? space[name] : String(usual.namespace[name]);
  const deletesAll = get('deleteIdleStats', false);
  const graphiteHost = get<string | null>('graphiteHost', null);
  const backends = get<readonly string[]>('backends', ['./backends/graphite']);
  const isPickle = get<string>('graphiteProtocol', 'text') === 'pickle';
  return {
    ...usual,
    servers: toServers(file),
    backends: backends.map((name) => name.slice(BACKEND_FOLDER.length) as Backend),
    prettyprint: get<FileValues>('console', {})['prettyprint'] === true,
    dumpMessages: get('dumpMessages', false),
    debug: get('debug', false),
    repeater: backends.includes('./backends/repeater') ? toRepeater(file) : null,
    management: { host: get('mgmt_address', '127.0.0.1'), port: get('mgmt_port', 8126) },
    spool: get<string | null>('spool', null),
    stateFile: get<string | null>('stateFile', null),
    healthStatus: get<string>('healthStatus', 'up') === 'down' ? 'down' : 'up',
    graphite:
      graphiteHost === null || !backends.includes('./backends/graphite')
        ? null
        : {
            host: graphiteHost,
            port: isPickle ? get('graphitePicklePort', 2004) : get('graphitePort', 2003),
          },
    graphiteProtocol: isPickle ? 'pickle' : 'text',
    flushAligned: get('flushAligned', false),
    keyFlush: toKeyFlush(get<FileValues>('keyFlush', {})),
    flushIntervalMs: get('flushInterval', usual.flushIntervalMs),
    percentThreshold: [get<number | readonly number[]>('percentThreshold', [90])].flat(),
    flushCounts: get('flush_counts', true),
    keyNameSanitize: get('keyNameSanitize', true),
    strict: get('strict', false),
    histogramsAsTimers: get('histogramsAsTimers', false),
    gaugeAssign: get('gaugeAssign', false),
    prefixStats: get('prefixStats', usual.prefixStats),
    deleteCounters: get('deleteCounters', deletesAll),
    deleteTimers: get('deleteTimers', deletesAll),
    deleteSets: get('deleteSets', deletesAll),
    deleteGauges: get('deleteGauges', deletesAll),
    gaugesMaxTTL: get('gaugesMaxTTL', 1),
    calculatedTimerMetrics: get<readonly string[]>('calculatedTimerMetrics', []),
    histogram: get<readonly Histogram[]>('histogram', []),
    namespace: {
      legacy: space['legacyNamespace'] !== false,
      globalPrefix: part('globalPrefix'),
      prefixCounter: part('prefixCounter'),
      prefixTimer: part('prefixTimer'),
      prefixGauge: part('prefixGauge'),
      prefixSet: part('prefixSet'),
      globalSuffix: part('globalSuffix'),
    },
  };
}

function toKeyFlush({ interval, percent, log }: FileValues): StatsdConfig['keyFlush'] {
  const intervalMs = Number(interval ?? 0);
  if (!(intervalMs > 0)) return null;
  return {
    intervalMs,
    percent: Number(percent ?? 0) || 100,
    log: typeof log === 'string' ? log : null,
  };
}

/** The file itself is one server where it has no list of them. */
export function toServers(file: FileValues): readonly StatsdServer[] {
  const listed = file['servers'];
  return (Array.isArray(listed) ? listed.filter(isObject) : [file]).map(toServer);
}

function toServer(values: FileValues): StatsdServer {
  const { address, port, socket, socket_mod: mode } = values;
  const protocol = values['server'] === './servers/tcp' ? 'tcp' : 'udp';
  if (protocol === 'tcp' && typeof socket === 'string')
    return { protocol: 'unix', path: socket, mode: mode === undefined ? null : octal(mode) };
  const usual = values['address_ipv6'] === true ? '::1' : '127.0.0.1';
  return {
    protocol,
    address: {
      host: typeof address === 'string' ? address : usual,
      port: typeof port === 'number' ? port : 8125,
    },
  };
}

/** Rights as `chmod` takes them: the text "0777" is octal, a number is itself. */
function octal(mode: unknown): number {
  return typeof mode === 'number' ? mode : Number.parseInt(String(mode), 8);
}

function toRepeater({ repeater, repeaterProtocol }: FileValues): Repeater {
  const targets = Array.isArray(repeater) ? repeater.filter(isObject) : [];
  return {
    protocol: repeaterProtocol === 'tcp' ? 'tcp' : 'udp',
    to: targets.map(({ host, port }) => ({ host: String(host), port: Number(port) })),
  };
}
