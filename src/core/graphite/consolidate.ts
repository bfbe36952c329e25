// Fewer points from many: each result stands for `perPoint` neighbours.
//
//   perPoint 2, average:  1 3 | 5 . | 7      gives  2 | 5 | 7

import { average, countKnown, enoughKnown, max, min, sum, last } from './aggregation.ts';
import type { Consolidation, Series } from './series.ts';

const NAMES: readonly Consolidation[] = [
  'average',
  'avg_zero',
  'sum',
  'min',
  'max',
  'first',
  'last',
];

/** The consolidation called `name` ("avg" too), or null. */
export function consolidationNamed(name: string): Consolidation | null {
  if (name === 'avg') return 'average';
  return NAMES.find((known) => known === name) ?? null;
}

/**
 * The values of `series`, `perPoint` taken together. A bucket is a gap unless the share of known
 * values reaches the series' xFilesFactor; the last bucket is measured against the full size too.
 */
export function consolidated(series: Series, perPoint: number): Float64Array {
  if (perPoint <= 1) return series.values;
  if (series.consolidation === 'average') return averaged(series, perPoint);
  const values = new Float64Array(Math.ceil(series.values.length / perPoint));
  for (let index = 0; index < values.length; index++) {
    const bucket = series.values.subarray(index * perPoint, (index + 1) * perPoint);
    values[index] = consolidateBucket(bucket, perPoint, series);
  }
  return values;
}

/** What nearly every graph asks for, in one pass without a list for each bucket. */
function averaged({ values: all, xFilesFactor }: Series, perPoint: number): Float64Array {
  const values = new Float64Array(Math.ceil(all.length / perPoint));
  let at = 0;
  for (let index = 0; index < values.length; index++) {
    const end = Math.min(at + perPoint, all.length);
    let total = 0;
    let known = 0;
    for (; at < end; at++) {
      const value = all[at] ?? NaN;
      if (Number.isNaN(value)) continue;
      total += value;
      known++;
    }
    values[index] = enoughKnown(known, perPoint, xFilesFactor) ? total / known : NaN;
  }
  return values;
}

function consolidateBucket(bucket: Float64Array, size: number, series: Series): number {
  if (!enoughKnown(countKnown(bucket), size, series.xFilesFactor)) return NaN;
  switch (series.consolidation) {
    case 'average':
      return average(bucket);
    case 'avg_zero':
      return sum(bucket) / bucket.length;
    case 'sum':
      return sum(bucket);
    case 'min':
      return min(bucket);
    case 'max':
      return max(bucket);
    case 'first':
      return bucket.find((value) => !Number.isNaN(value)) ?? NaN;
    default:
      return last(bucket);
  }
}

/** True when consolidating ints gives ints. */
export function keepsWholeWhenConsolidated(consolidation: Consolidation): boolean {
  return consolidation !== 'average' && consolidation !== 'avg_zero';
}
