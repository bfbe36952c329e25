// The numbers that StatsD makes of the values of one timer.
//
//   values 1 2 3 4 30, threshold 90    upper_90 = 30: round(0.9 * 5) = 5 values lie at or below it
//                      threshold -20   lower_top20 = 30: round(0.2 * 5) = 1 value lies at or above it

import type { Histogram, StatsdConfig } from './config.ts';
import type { Timer } from './tally.ts';

export type NamedNumber = readonly [name: string, value: number];

/** Names and values in the order of the lines; a histogram gives "histogram.bin_10" and so on. */
export function timerStats(
  key: string,
  timer: Timer,
  config: StatsdConfig,
): readonly NamedNumber[] {
  const stats = timer.values.length > 0 ? statsOf(key, timer, config) : IDLE;
  const wanted = config.calculatedTimerMetrics;
  if (wanted.length === 0) return stats;
  return stats.filter(([name]) => wanted.includes(generalName(name)));
}

// In this order the real program comes upon them.
const IDLE: readonly NamedNumber[] = [
  ['count_ps', 0],
  ['count', 0],
];

// "upper_90" and "upper_top90" are asked for as "upper_percent"; "upper_99_9" has no such name.
function generalName(name: string): string {
  if (name.startsWith('histogram.')) return 'histogram';
  return name.replace(/_(top)?\d+$/, '_percent');
}

function statsOf(key: string, timer: Timer, config: StatsdConfig): readonly NamedNumber[] {
  const values = timer.values.toSorted((a, b) => a - b);
  const sums = runningSums(values);
  const n = values.length;
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;

  const sum = at(sums.values, n - 1);
  const mean = sum / n;
  let squaredDistances = 0;
  for (const value of values) squaredDistances += (value - mean) * (value - mean);
  const middle = Math.floor(n / 2);
  const median =
    n % 2 === 1 ? at(values, middle) : (at(values, middle - 1) + at(values, middle)) / 2;
  return [
    ...config.percentThreshold.flatMap((percent) =>
      percentile(percent, values, sums, config.strict),
    ),
    ['std', Math.sqrt(squaredDistances / n)],
    ['upper', at(values, n - 1)],
    ['lower', at(values, 0)],
    ['count', timer.count],
    ['count_ps', timer.count / (config.flushIntervalMs / 1000)],
    ['sum', sum],
    ['sum_squares', at(sums.squares, n - 1)],
    ['mean', mean],
    ['median', median],
    ...histogramOf(key, values, config.histogram),
  ];
}

interface RunningSums {
  readonly values: readonly number[];
  readonly squares: readonly number[];
}

/** Of the sorted values, so that every percentile is one subtraction. */
function runningSums(sorted: readonly number[]): RunningSums {
  const values: number[] = [];
  const squares: number[] = [];
  for (const value of sorted) {
    const last = values.length - 1;
    // The first is taken as it is, so that a single -0 stays -0.
    values.push(last < 0 ? value : value + (values[last] ?? 0));
    squares.push(last < 0 ? value * value : value * value + (squares[last] ?? 0));
  }
  return { values, squares };
}

/** Nothing when the threshold covers no value at all. */
function percentile(
  percent: number,
  sorted: readonly number[],
  sums: RunningSums,
  strict: boolean,
): readonly NamedNumber[] {
  const n = sorted.length;
  const covered = n === 1 ? 1 : Math.round((Math.abs(percent) / 100) * n);
  if (covered === 0 || covered > n) return [];
  const isUpper = percent > 0;
  // Of the largest values: what the sums grew by. Where that is all of them, the real program has NaN.
  const isTheirMistake = strict && !isUpper && n > 1 && covered === n;
  const first = isUpper || n === 1 ? 0 : n - covered;
  const last = isUpper || n === 1 ? covered - 1 : n - 1;
  const over = (list: readonly number[]): number => {
    if (isTheirMistake) return NaN;
    return first === 0 ? (list[last] ?? 0) : (list[last] ?? 0) - (list[first - 1] ?? 0);
  };
  const boundary = (isUpper || n === 1 ? sorted[last] : sorted[first]) ?? 0;
  const name = String(percent).replace('.', '_').replace('-', 'top');
  return [
    [`count_${name}`, covered],
    [`mean_${name}`, over(sums.values) / covered],
    [`${isUpper ? 'upper' : 'lower'}_${name}`, boundary],
    [`sum_${name}`, over(sums.values)],
    [`sum_squares_${name}`, over(sums.squares)],
  ];
}

// The first entry whose text stands anywhere in the key counts; values beyond the last bin are left out.
function histogramOf(
  key: string,
  sorted: readonly number[],
  histograms: readonly Histogram[],
): readonly NamedNumber[] {
  const bins = histograms.find(({ metric }) => key.includes(metric))?.bins ?? [];
  const counts: NamedNumber[] = [];
  let at = 0;
  for (const bin of bins) {
    const start = at;
    while (at < sorted.length && (bin === 'inf' || (sorted[at] ?? 0) < bin)) at++;
    counts.push([`histogram.bin_${String(bin).replace('.', '_')}`, at - start]);
  }
  return counts;
}
