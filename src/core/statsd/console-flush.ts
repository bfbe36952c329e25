// What the console backend prints at each flush: the tally and what was made of it, as the real program's objects.
//
//   { counters, timers, gauges, timer_data, counter_rates, sets, pctThreshold }

import type { StatsdConfig } from './config.ts';
import type { Tally, Timer } from './tally.ts';
import { timerStats } from './timer-stats.ts';

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
  const intervalS = config.flushIntervalMs / 1000;
  return {
    counters: byKey(counters, (sum) => sum),
    timers: byKey(timers, ({ values }) => values.toSorted((a, b) => a - b)),
    gauges: byKey(gauges, (value) => value),
    timer_data: byKey(timers, (timer, key) => timerData(key, timer, config)),
    counter_rates: byKey(counters, (sum) => sum / intervalS),
    // Members are keys of an object as well.
    sets: byKey(sets, (members) =>
      Object.keys(Object.fromEntries([...members].map((each) => [each, true]))),
    ),
    pctThreshold: config.percentThreshold,
  };
}

function byKey<In, Out>(map: ReadonlyMap<string, In>, make: (value: In, key: string) => Out) {
  return Object.fromEntries([...map].map(([key, value]) => [key, make(value, key)]));
}

const HISTOGRAM = 'histogram.';

function timerData(key: string, timer: Timer, config: StatsdConfig): ByKey<number | ByKey<number>> {
  const stats = timerStats(key, timer, config);
  const isBin = ([name]: readonly [string, number]): boolean => name.startsWith(HISTOGRAM);
  const bins = stats.filter(isBin).map(([name, count]) => [name.slice(HISTOGRAM.length), count]);
  return {
    ...Object.fromEntries(stats.filter((stat) => !isBin(stat))),
    ...(bins.length > 0 ? { histogram: Object.fromEntries(bins) as ByKey<number> } : {}),
  };
}
