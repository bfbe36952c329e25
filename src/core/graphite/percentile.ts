// The value below which a share of the values lie, counted as graphite-web counts it.

import { sortedKnown } from './aggregation.ts';

/** Value at `percent` of the known values of `row`; NaN when there are none. */
export function percentile(row: ArrayLike<number>, percent: number, interpolate: boolean): number {
  const sorted = sortedKnown(row);
  if (sorted.length === 0) return NaN;
  const place = (percent / 100) * (sorted.length + 1);
  const fraction = place - Math.floor(place);
  let rank = Math.floor(place);
  if (!interpolate) rank += Math.ceil(fraction);

  let value: number;
  if (rank === 0) value = sorted[0] ?? NaN;
  else if (rank - 1 === sorted.length) value = sorted.at(-1) ?? NaN;
  else value = sorted[rank - 1] ?? NaN;
  if (interpolate && rank > 0 && rank < sorted.length)
    value += fraction * ((sorted[rank] ?? NaN) - value);
  return value;
}
