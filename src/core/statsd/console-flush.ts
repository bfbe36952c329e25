// What the console backend prints at each flush: the tally and what was made of it, as the real program's objects.
//
//   { counters, timers, gauges, timer_data, counter_rates, sets, pctThreshold }

import type { StatsdConfig } from './config.ts';
import { byKey, type Tally } from './tally.ts';
import { makeTimerStats, type AddStat } from './timer-stats.ts';

type ByKey<T> = Readonly<Record<string, T>>;

/** In this order. The keys of each object come as JavaScript orders them: whole numbers first. */
export interface ConsoleFlush {
  readonly counters: ByKey<number>;
  /** Values, rising. */
  readonly timers: ByKey<readonly number[]>;
  readonly gauges: ByKey<number>;
  /** The statistics of each timer, those of a histogram one level deeper. */
  readonly timer_data: ByKey<ByKey<number | ByKey<number>>>;
  /** A second. */
  readonly counter_rates: ByKey<number>;
  readonly sets: ByKey<readonly string[]>;
  readonly pctThreshold: readonly number[];
}

/** The tally stays as it is. */
export function consoleFlush(tally: Tally, config: StatsdConfig): ConsoleFlush {
  const { counters, timers, gauges, sets } = tally;
  const timerStats = makeTimerStats(config);
  const intervalS = config.flushIntervalMs / 1000;
  return {
    counters: byKey(counters, ({ sum }) => sum),
    timers: byKey(timers, ({ values }) => values.toSorted((a, b) => a - b)),
    gauges: byKey(gauges, ({ value }) => value),
    timer_data: byKey(timers, (timer, key) =>
      timerDatum((addStat) => timerStats(key, timer, addStat)),
    ),
    counter_rates: byKey(counters, ({ sum }) => sum / intervalS),
    // Members are keys of an object as well.
    sets: byKey(sets, (members) =>
      Object.keys(Object.fromEntries([...members].map((each) => [each, true]))),
    ),
    pctThreshold: config.percentThreshold,
  };
}

const HISTOGRAM = 'histogram.';

function timerDatum(add: (addStat: AddStat) => void): ByKey<number | ByKey<number>> {
  const stats: [string, number][] = [];
  const bins: [string, number][] = [];
  add((name, value) => {
    if (name.startsWith(HISTOGRAM)) bins.push([name.slice(HISTOGRAM.length), value]);
    else stats.push([name, value]);
  });
  return {
    ...Object.fromEntries(stats),
    ...(bins.length > 0 ? { histogram: Object.fromEntries(bins) } : {}),
  };
}
