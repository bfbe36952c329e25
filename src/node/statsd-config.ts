// StatsD's configuration file: a JavaScript object without code, so JSON5 reads it and nothing is run.

import JSON5 from 'json5';
import { bad, good, type Result } from '../core/base/result.ts';
import { STATSD_DEFAULTS, type Histogram, type StatsdConfig } from '../core/statsd/config.ts';

/** Every key that has an effect, with the kind of value it wants. */
const KINDS = {
  address: 'string',
  port: 'number',
  mgmt_address: 'string',
  mgmt_port: 'number',
  healthStatus: 'string',
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

type FileValues = Readonly<Record<string, unknown>>;

export interface ReadStatsdConfig {
  readonly config: StatsdConfig;
  /** The file itself, with what the real program adds to it: its management port shows that. */
  readonly file: Readonly<Record<string, unknown>>;
  readonly reloads: boolean;
  readonly warnings: readonly string[];
}

export function readStatsdConfig(text: string): Result<ReadStatsdConfig> {
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
    const kind = (KINDS as Readonly<Record<string, string>>)[name];
    if (kind === undefined) warnings.push(`"${name}" has no effect here.`);
    else if (!fits(value, kind))
      return bad(`${name} wants a ${kind}, received ${JSON.stringify(value)}.`);
  }
  return good({
    config: toConfig(file),
    file: withTheirAdditions(file),
    reloads: file['automaticConfigReload'] !== false,
    warnings,
  });
}

function withTheirAdditions(file: FileValues): FileValues {
  const { gaugesMaxTTL: ttl } = file;
  const deletesAll = file['deleteIdleStats'] ?? false;
  const flags = ['deleteCounters', 'deleteTimers', 'deleteSets', 'deleteGauges'];
  return {
    ...file,
    gaugesMaxTTL: typeof ttl === 'number' && Number.isInteger(ttl) && ttl > 1 ? ttl : 1,
    deleteIdleStats: deletesAll,
    ...Object.fromEntries(
      deletesAll === true ? flags.map((flag) => [flag, file[flag] ?? true]) : [],
    ),
    flushInterval: Number(file['flushInterval'] ?? STATSD_DEFAULTS.flushIntervalMs),
  };
}

function isObject(value: unknown): value is FileValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: unknown, kind: string): boolean {
  if (kind === 'object') return isObject(value);
  if (kind === 'list') return Array.isArray(value);
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
  const isPickle = get<string>('graphiteProtocol', 'text') === 'pickle';
  return {
    ...usual,
    servers: [
      {
        protocol: 'udp',
        address: { host: get('address', '127.0.0.1'), port: get('port', 8125) },
      },
    ],
    management: { host: get('mgmt_address', '127.0.0.1'), port: get('mgmt_port', 8126) },
    healthStatus: get<string>('healthStatus', 'up') === 'down' ? 'down' : 'up',
    graphite:
      graphiteHost === null
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
