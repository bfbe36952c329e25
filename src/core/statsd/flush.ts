// A tally -> the lines for Carbon, in the order of statsd's Graphite backend.

import { NAMESPACE_DEFAULTS, type NameSpace, type StatsdConfig } from './config.ts';
import type { Tally } from './tally.ts';
import { histogramStats, timerStats, type Stat } from './timer-stats.ts';

export interface Flush {
  /** "path value time", without the end of the line. */
  readonly lines: readonly string[];
  /** Counters, timers, gauges and sets that were sent. */
  readonly numStats: number;
}

/** What the backend tells about itself. Times in seconds, durations in milliseconds. */
export interface BackendState {
  readonly processingTimeMs: number;
  readonly lastException: number;
  readonly lastFlush: number;
  readonly flushTimeMs: number;
  readonly flushLength: number;
}

export function flushLines(
  tally: Tally,
  config: StatsdConfig,
  timeS: number,
  state: BackendState,
): Flush {
  const names = makeNames({ ...NAMESPACE_DEFAULTS, ...config.graphite }, config.prefixStats);
  const intervalS = config.flushInterval / 1000;
  const lines: string[] = [];
  const put = (path: string, value: number): void => void lines.push(`${path} ${value} ${timeS}`);

  for (const [key, count] of inObjectOrder(tally.counters)) {
    put(names.counter(key, 'rate'), count / intervalS);
    if (config.flush_counts) put(names.counter(key, 'count'), count);
  }
  const thresholds = [config.percentThreshold].flat();
  for (const [key, timer] of inObjectOrder(tally.timers)) {
    const stats = timerStats(timer, thresholds, intervalS);
    const all = [...stats, ...histogramStats(key, timer, config.histogram)];
    for (const [name, value] of wanted(all, config.calculatedTimerMetrics))
      put(names.timer(key, name), value);
  }
  for (const [key, value] of inObjectOrder(tally.gauges)) put(names.gauge(key), value);
  for (const [key, members] of inObjectOrder(tally.sets)) put(names.set(key), members.size);

  const numStats = tally.counters.size + tally.timers.size + tally.gauges.size + tally.sets.size;
  put(names.own('numStats', true), numStats);
  put(names.own('graphiteStats.calculationtime'), 0);
  put(names.own('processing_time'), state.processingTimeMs);
  put(names.own('graphiteStats.last_exception'), state.lastException);
  put(names.own('graphiteStats.last_flush'), state.lastFlush);
  put(names.own('graphiteStats.flush_time'), state.flushTimeMs);
  put(names.own('graphiteStats.flush_length'), state.flushLength);
  return { lines, numStats };
}

interface Names {
  counter(key: string, kind: 'rate' | 'count'): string;
  timer(key: string, stat: string): string;
  gauge(key: string): string;
  set(key: string): string;
  /** Our own figures; numStats has no "stats." in front in the old namespace. */
  own(name: string, bare?: boolean): string;
}

function makeNames(space: NameSpace, prefixStats: string): Names {
  const suffix = space.globalSuffix === '' ? '' : `.${space.globalSuffix}`;
  // Tags are the part behind the first ";": they stand at the very end of the path.
  const name = (before: readonly string[], key: string, after: readonly string[]): string => {
    const cut = key.indexOf(';');
    const [plain, tags] = cut < 0 ? [key, ''] : [key.slice(0, cut), key.slice(cut)];
    const parts = [...before.filter((part) => part !== ''), plain, ...after];
    return `${parts.join('.')}${suffix}${tags}`;
  };
  if (space.legacyNamespace)
    return {
      counter: (key, kind) => name([kind === 'rate' ? 'stats' : 'stats_counts'], key, []),
      timer: (key, stat) => name(['stats', 'timers'], key, [stat]),
      gauge: (key) => name(['stats', 'gauges'], key, []),
      set: (key) => name(['stats', 'sets'], key, ['count']),
      own: (own, bare = false) => name(bare ? [] : ['stats'], prefixStats, [own]),
    };
  const { globalPrefix } = space;
  return {
    counter: (key, kind) => name([globalPrefix, space.prefixCounter], key, [kind]),
    timer: (key, stat) => name([globalPrefix, space.prefixTimer], key, [stat]),
    gauge: (key) => name([globalPrefix, space.prefixGauge], key, []),
    set: (key) => name([globalPrefix, space.prefixSet], key, ['count']),
    own: (own) => name([globalPrefix], prefixStats, [own]),
  };
}

/** The order of keys in a JavaScript object: whole numbers first, rising, then as they came. */
function inObjectOrder<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  const isIndex = (key: string): boolean =>
    /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < 4294967295;
  const entries = [...map];
  if (!entries.some(([key]) => isIndex(key))) return entries;
  const numbers = entries
    .filter(([key]) => isIndex(key))
    .sort((a, b) => Number(a[0]) - Number(b[0]));
  return [...numbers, ...entries.filter(([key]) => !isIndex(key))];
}

/** With a list of names only those; "upper_percent" stands for upper_90, upper_95 ... */
function wanted(stats: readonly Stat[], names: readonly string[]): readonly Stat[] {
  if (names.length === 0) return stats;
  return stats.filter(([name]) => {
    const general = name.startsWith('histogram.')
      ? 'histogram'
      : name.replace(/_(?:top)?\d+$/, '_percent');
    return names.includes(general);
  });
}
