// Series in the order of a number that each of them has.

import { aggregationNamed } from './aggregation.ts';
import { bad, good, type Result } from '../base/result.ts';
import type { Series } from './series.ts';

/** Sorted by an aggregation of their values; those equal keep their order; only gaps come lowest. */
export function sortedBy(
  series: readonly Series[],
  func: string,
  isDescending: boolean,
): Result<readonly Series[]> {
  const combine = aggregationNamed(func);
  if (!combine) return bad(`Unsupported aggregation function: ${func}`);
  const keyed = series.map((one) => {
    const key = combine(one.values);
    return { one, key: Number.isNaN(key) ? -Infinity : key };
  });
  const order = isDescending ? -1 : 1;
  keyed.sort((left, right) =>
    left.key === right.key ? 0 : order * (left.key < right.key ? -1 : 1),
  );
  return good(keyed.map(({ one }) => one));
}
