// What a StatsD is told at its start, under the names of its configuration file where they are plain.

import type { Address } from '../host/net.ts';

export interface StatsdConfig {
  readonly servers: readonly StatsdServer[];
  /** Where a person may ask how it is; null for nowhere. */
  readonly management: Address | null;
  /** What it answers there at first. */
  readonly healthStatus: Health;
  /** Who hears of each flush, or of each packet, in the order of the file. */
  readonly backends: readonly Backend[];
  /** Whether the console backend shows more of its objects, and in colours. */
  readonly prettyprint: boolean;
  /** Whether each line that comes is logged, and each flush that goes. */
  readonly dumpMessages: boolean;
  readonly debug: boolean;
  /** Carbon's port for `graphiteProtocol`; null computes and sends nothing. */
  readonly graphite: Address | null;
  /** Gets every packet as it came; null for nobody. */
  readonly repeater: Repeater | null;
  /** The folder for flushes until Carbon has them, so that they outlive a restart; null is memory. */
  readonly spool: string | null;
  /** The file that keeps gauges and what is open for the next start; null keeps nothing. */
  readonly stateFile: string | null;
  /** How flushes go to `graphite`: as lines, or as pickles of them. */
  readonly graphiteProtocol: 'text' | 'pickle';
  readonly flushIntervalMs: number;
  /** Whether flushes come at whole multiples of the interval since 1970, or since the second of the start. */
  readonly flushAligned: boolean;
  /** Tells from time to time which keys came most; null tells nothing. */
  readonly keyFlush: KeyFlush | null;
  /** Percentiles of timers, in the order of the lines; a negative one is of the largest values. */
  readonly percentThreshold: readonly number[];
  /** Whether the plain sum of a counter is sent beside its rate. */
  readonly flushCounts: boolean;
  readonly keyNameSanitize: boolean;
  /** Whether it does what the real program does even where that is a mistake: see strict.ts. */
  readonly strict: boolean;
  /** Whether the types h and d are timers; for the real program they are counters. */
  readonly histogramsAsTimers: boolean;
  /** Whether "=" in front of a gauge's value sets it, so that one sample can set a negative one: "depth:=-4|g". */
  readonly gaugeAssign: boolean;
  /** Where StatsD's own numbers stand. */
  readonly prefixStats: string;
  /** Whether a key that got nothing since the last flush is forgotten, or goes on as 0 (a gauge: as it was). */
  readonly deleteCounters: boolean;
  readonly deleteTimers: boolean;
  readonly deleteSets: boolean;
  readonly deleteGauges: boolean;
  /** With deleteGauges: flushes that a gauge outlives without news. */
  readonly gaugesMaxTTL: number;
  /** Names of timer statistics to send, "upper_percent" for every upper_90; empty sends all. */
  readonly calculatedTimerMetrics: readonly string[];
  readonly histogram: readonly Histogram[];
  readonly namespace: Namespace;
}

export type Backend = 'graphite' | 'console' | 'repeater';

export type Health = 'up' | 'down';

export type StatsdServer =
  { readonly protocol: 'udp' | 'tcp'; readonly address: Address } | UnixServer;

export interface UnixServer {
  readonly protocol: 'unix';
  readonly path: string;
  /** Rights of the socket; null leaves them to the system. */
  readonly mode: number | null;
}

export interface Repeater {
  readonly protocol: 'udp' | 'tcp';
  readonly to: readonly Address[];
}

export interface KeyFlush {
  readonly intervalMs: number;
  /** The part of all keys that is told, the most frequent first. */
  readonly percent: number;
  /** A file that takes it; null is standard output. */
  readonly log: string | null;
}

/** For timers whose key contains `metric`: upper limits of the bins, not included, rising. */
export interface Histogram {
  readonly metric: string;
  readonly bins: readonly (number | 'inf')[];
}

export interface Namespace {
  /** The names of before 2012, "stats_counts.a" beside "stats.a"; the other parts are then ignored. */
  readonly legacy: boolean;
  /** An empty part leaves its level out. */
  readonly globalPrefix: string;
  readonly prefixCounter: string;
  readonly prefixTimer: string;
  readonly prefixGauge: string;
  readonly prefixSet: string;
  /** Put behind every name, in front of its tags. */
  readonly globalSuffix: string;
}

/** StatsD's own defaults, but for listening on loopback only. */
export const STATSD_DEFAULTS: StatsdConfig = {
  servers: [{ protocol: 'udp', address: { host: '127.0.0.1', port: 8125 } }],
  management: null,
  healthStatus: 'up',
  backends: ['graphite'],
  prettyprint: false,
  dumpMessages: false,
  debug: false,
  graphite: null,
  repeater: null,
  spool: null,
  stateFile: null,
  graphiteProtocol: 'text',
  flushIntervalMs: 10_000,
  flushAligned: false,
  keyFlush: null,
  percentThreshold: [90],
  flushCounts: true,
  keyNameSanitize: true,
  strict: false,
  histogramsAsTimers: false,
  gaugeAssign: false,
  prefixStats: 'statsd',
  deleteCounters: false,
  deleteTimers: false,
  deleteSets: false,
  deleteGauges: false,
  gaugesMaxTTL: 1,
  calculatedTimerMetrics: [],
  histogram: [],
  namespace: {
    legacy: true,
    globalPrefix: 'stats',
    prefixCounter: 'counters',
    prefixTimer: 'timers',
    prefixGauge: 'gauges',
    prefixSet: 'sets',
    globalSuffix: '',
  },
};
