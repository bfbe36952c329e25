// The numbers that StatsD makes of the values of one timer.
//
//   values 1 2 3 4 30, threshold 90    upper_90 = 30: round(0.9 * 5) = 5 values lie at or below it
//                      threshold -20   lower_top20 = 30: round(0.2 * 5) = 1 value lies at or above it

import type { Histogram, StatsdConfig } from './config.ts';
import type { Timer } from './tally.ts';

/** Hears of each number of a timer in the order of the lines; a histogram gives "histogram.bin_10" and so on. */
export type AddStat = (stat: string, value: number) => void;

export type TimerStats = (key: string, timer: Timer, add: AddStat) => void;

/** The numbers of one timer after the other: what is needed for one is used again for the next. */
export function makeTimerStats(config: StatsdConfig): TimerStats {
  const wanted = config.calculatedTimerMetrics;
  const percentiles = config.percentThreshold.map(percentileOf);
  let room = new Float64Array(0);

  function addAll(key: string, timer: Timer, add: AddStat): void {
    const n = timer.values.length;
    if (n === 0) {
      // In this order the real program comes upon them.
      add('count_ps', 0);
      add('count', 0);
      return;
    }
    if (room.length < 3 * n) room = new Float64Array(6 * n);
    const values = room.subarray(0, n);
    values.set(timer.values);
    values.sort();
    const sums = runningSums(values, room.subarray(n, 2 * n), room.subarray(2 * n, 3 * n));
    const at = (list: Float64Array, index: number): number => list[index] ?? 0;

    const sum = at(sums.values, n - 1);
    const mean = sum / n;
    let squaredDistances = 0;
    for (const value of values) squaredDistances += (value - mean) * (value - mean);
    const middle = Math.floor(n / 2);
    for (const each of percentiles) addPercentile(each, values, sums, config.strict, add);
    add('std', Math.sqrt(squaredDistances / n));
    add('upper', at(values, n - 1));
    add('lower', at(values, 0));
    add('count', timer.count);
    add('count_ps', timer.count / (config.flushIntervalMs / 1000));
    add('sum', sum);
    add('sum_squares', at(sums.squares, n - 1));
    add('mean', mean);
    add(
      'median',
      n % 2 === 1 ? at(values, middle) : (at(values, middle - 1) + at(values, middle)) / 2,
    );
    if (config.histogram.length > 0) addHistogram(key, values, config.histogram, add);
  }

  if (wanted.length === 0) return addAll;
  return (key, timer, add) =>
    addAll(key, timer, (stat, value) => {
      if (wanted.includes(generalName(stat))) add(stat, value);
    });
}

// "upper_90" and "upper_top90" are asked for as "upper_percent"; "upper_99_9" has no such name.
function generalName(name: string): string {
  if (name.startsWith('histogram.')) return 'histogram';
  return name.replace(/_(top)?\d+$/, '_percent');
}

interface RunningSums {
  readonly values: Float64Array;
  readonly squares: Float64Array;
}

/** Of the sorted values, so that every percentile is one subtraction. */
function runningSums(
  sorted: Float64Array,
  values: Float64Array,
  squares: Float64Array,
): RunningSums {
  // The first is taken as it is, so that a single -0 stays -0.
  let sum = -0;
  let sumOfSquares = -0;
  for (const [i, value] of sorted.entries()) {
    values[i] = sum += value;
    squares[i] = sumOfSquares += value * value;
  }
  return { values, squares };
}

interface Percentile {
  readonly percent: number;
  readonly isUpper: boolean;
  readonly names: Readonly<Record<'count' | 'mean' | 'boundary' | 'sum' | 'squares', string>>;
}

function percentileOf(percent: number): Percentile {
  const isUpper = percent > 0;
  const name = String(percent).replace('.', '_').replace('-', 'top');
  return {
    percent,
    isUpper,
    names: {
      count: `count_${name}`,
      mean: `mean_${name}`,
      boundary: `${isUpper ? 'upper' : 'lower'}_${name}`,
      sum: `sum_${name}`,
      squares: `sum_squares_${name}`,
    },
  };
}

/** Nothing when the threshold covers no value at all. */
function addPercentile(
  { percent, isUpper, names }: Percentile,
  sorted: Float64Array,
  sums: RunningSums,
  strict: boolean,
  add: AddStat,
): void {
  const n = sorted.length;
  const covered = n === 1 ? 1 : Math.round((Math.abs(percent) / 100) * n);
  if (covered === 0 || covered > n) return;
  // Of the largest values: what the sums grew by. Where that is all of them, the real program has NaN.
  const isTheirMistake = strict && !isUpper && n > 1 && covered === n;
  const first = isUpper || n === 1 ? 0 : n - covered;
  const last = isUpper || n === 1 ? covered - 1 : n - 1;
  const over = (list: Float64Array): number => {
    if (isTheirMistake) return NaN;
    return first === 0 ? (list[last] ?? 0) : (list[last] ?? 0) - (list[first - 1] ?? 0);
  };
  add(names.count, covered);
  add(names.mean, over(sums.values) / covered);
  add(names.boundary, (isUpper || n === 1 ? sorted[last] : sorted[first]) ?? 0);
  add(names.sum, over(sums.values));
  add(names.squares, over(sums.squares));
}

// The first entry whose text stands anywhere in the key counts; values beyond the last bin are left out.
function addHistogram(
  key: string,
  sorted: Float64Array,
  histograms: readonly Histogram[],
  add: AddStat,
): void {
  const bins = histograms.find(({ metric }) => key.includes(metric))?.bins ?? [];
  let at = 0;
  for (const bin of bins) {
    const start = at;
    while (at < sorted.length && (bin === 'inf' || (sorted[at] ?? 0) < bin)) at++;
    add(`histogram.bin_${String(bin).replace('.', '_')}`, at - start);
  }
}
