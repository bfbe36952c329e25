// What a StatsD is told at its start, with the names and defaults of statsd's own configuration.

export interface StatsdConfig {
  readonly address: string;
  readonly port: number;
  /** Milliseconds between two flushes. */
  readonly flushInterval: number;
  /** Null: what is counted goes nowhere. */
  readonly graphiteHost: string | null;
  readonly graphitePort: number;
  readonly percentThreshold: number | readonly number[];
  /** Send `count` beside `rate` for counters. */
  readonly flush_counts: boolean;
  readonly prefixStats: string;
  readonly keyNameSanitize: boolean;
  /** Turns on the four below, unless one is set by itself. */
  readonly deleteIdleStats: boolean;
  readonly deleteCounters?: boolean;
  readonly deleteTimers?: boolean;
  readonly deleteSets?: boolean;
  readonly deleteGauges?: boolean;
  /** Flushes for which an idle gauge is sent, with deleteGauges. */
  readonly gaugesMaxTTL: number;
  /** Names of the timer statistics that are sent; empty sends all. */
  readonly calculatedTimerMetrics: readonly string[];
  readonly histogram: readonly Histogram[];
  readonly graphite: Partial<NameSpace>;
}

export interface Histogram {
  /** Text that must occur in the key; '' fits all. */
  readonly metric: string;
  /** Upper limits, rising; the last may be 'inf'. */
  readonly bins: readonly (number | 'inf')[];
}

/** How names are built; all but globalSuffix only without legacyNamespace. */
export interface NameSpace {
  readonly legacyNamespace: boolean;
  readonly globalPrefix: string;
  readonly prefixCounter: string;
  readonly prefixTimer: string;
  readonly prefixGauge: string;
  readonly prefixSet: string;
  readonly globalSuffix: string;
}

export const STATSD_DEFAULTS: StatsdConfig = {
  address: '127.0.0.1',
  port: 8125,
  flushInterval: 10_000,
  graphiteHost: null,
  graphitePort: 2003,
  percentThreshold: 90,
  flush_counts: true,
  prefixStats: 'statsd',
  keyNameSanitize: true,
  deleteIdleStats: false,
  gaugesMaxTTL: 1,
  calculatedTimerMetrics: [],
  histogram: [],
  graphite: {},
};

export const NAMESPACE_DEFAULTS: NameSpace = {
  legacyNamespace: true,
  globalPrefix: 'stats',
  prefixCounter: 'counters',
  prefixTimer: 'timers',
  prefixGauge: 'gauges',
  prefixSet: 'sets',
  globalSuffix: '',
};
