// The statistics of one timer. Source: statsd's lib/process_metrics.js, its order included.

import type { Histogram } from './config.ts';
import type { Timer } from './tally.ts';

/** Name behind the key, and value. */
export type Stat = readonly [name: string, value: number];

export function timerStats(
  timer: Timer,
  thresholds: readonly number[],
  intervalS: number,
): readonly Stat[] {
  const { events } = timer;
  const counts: readonly Stat[] = [
    ['count', events],
    ['count_ps', events / intervalS],
  ];
  if (timer.values.length === 0) return counts;

  const values = Float64Array.from(timer.values).sort();
  const total = values.length;
  const { sum, squares } = sumOf(values);
  const mean = sum / total;
  let spread = 0;
  for (const value of values) spread += (value - mean) * (value - mean);
  const middle = Math.floor(total / 2);
  const median =
    total % 2 === 1 ? at(values, middle) : (at(values, middle - 1) + at(values, middle)) / 2;
  return [
    ...thresholds.flatMap((threshold) => percentile(values, threshold)),
    ['std', Math.sqrt(spread / total)],
    ['upper', at(values, total - 1)],
    ['lower', at(values, 0)],
    ...counts,
    ['sum', sum],
    ['sum_squares', squares],
    ['mean', mean],
    ['median', median],
  ];
}

/** The values up to a percentile (from one, when negative); nothing when no value falls in. */
function percentile(values: Float64Array, threshold: number): readonly Stat[] {
  const total = values.length;
  // With one value the original takes it for every percentile, even 0.
  const inside = total === 1 ? 1 : Math.round((Math.abs(threshold) / 100) * total);
  if (inside === 0) return [];
  const isLower = threshold > 0;
  const part = isLower ? values.subarray(0, inside) : values.subarray(total - inside);
  const { sum, squares } = sumOf(part);
  const suffix = String(threshold).replace('.', '_').replace('-', 'top');
  return [
    [`count_${suffix}`, inside],
    [`mean_${suffix}`, sum / inside],
    isLower ? [`upper_${suffix}`, at(part, inside - 1)] : [`lower_${suffix}`, at(part, 0)],
    [`sum_${suffix}`, sum],
    [`sum_squares_${suffix}`, squares],
  ];
}

/** How many values lie below each limit and not below the one before. */
export function histogramStats(
  key: string,
  timer: Timer,
  histograms: readonly Histogram[],
): readonly Stat[] {
  const chosen = histograms.find(({ metric }) => key.includes(metric));
  if (chosen === undefined || timer.values.length === 0) return [];
  let below = -Infinity;
  return chosen.bins.map((bin) => {
    const limit = bin === 'inf' ? Infinity : bin;
    const from = below;
    below = limit;
    const count = timer.values.filter((value) => value >= from && value < limit).length;
    return [`histogram.bin_${String(bin).replace('.', '_')}`, count] as const;
  });
}

function sumOf(values: Float64Array): { readonly sum: number; readonly squares: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return { sum, squares };
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
