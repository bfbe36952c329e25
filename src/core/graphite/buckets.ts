// Values of each stretch of time taken together.
//
//   12:50 13:10 13:50 14:10        buckets begin at whole hours, so the first and the last
//   [12]  [13      ] [14]          may hold fewer points than the others

import { bad, good, type Result } from '../base/result.ts';
import { aggregationNamed, countKnown, enoughKnown, keepsWhole } from './aggregation.ts';
import { wrapped } from './change.ts';
import { readBucketS } from './interval-argument.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from './limits.ts';
import type { Series } from './series.ts';

export interface Buckets {
  /** Their length as it was written: "1h". */
  readonly interval: string;
  /** The aggregation of each. */
  readonly func: string;
  /** They begin where the series begins, not at multiples of their length. */
  readonly toFrom: boolean;
}

/** Every series with one value a bucket; `nameOf` and `tags` say how it is called then. */
export function inBuckets(
  all: readonly Series[],
  buckets: Buckets,
  nameOf: (series: Series) => string,
  tags: Readonly<Record<string, string>>,
): Result<readonly Series[]> {
  const { interval, func, toFrom } = buckets;
  const length = readBucketS(interval);
  if (!length.ok) return length;
  const bucketS = length.value;
  const combine = aggregationNamed(func);
  if (!combine) return bad(`Unsupported aggregation function: ${func}`);

  const result: Series[] = [];
  for (const series of all) {
    const times = bucketTimes(series, bucketS, toFrom);
    if (times.count > SERIES_POINTS_MAX) return bad(tooManyPoints(times.count));
    const values = Float64Array.from({ length: times.count }, (_, index) => {
      const bucket = between(series, times.start + index * bucketS, bucketS);
      const points = bucketS / series.step;
      return enoughKnown(countKnown(bucket), points, series.xFilesFactor) ? combine(bucket) : NaN;
    });
    result.push(
      wrapped(series, nameOf(series), {
        start: times.start,
        end: times.end,
        step: bucketS,
        values,
        whole: series.whole && keepsWhole(func),
        tags,
      }),
    );
  }
  return good(result);
}

interface BucketTimes {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

// Not aligned to the start, the end moves on by a whole bucket even when it lies on a border already:
// the last bucket may then be empty.
function bucketTimes(series: Series, bucketS: number, toFrom: boolean): BucketTimes {
  const start = toFrom ? series.start : series.start - (series.start % bucketS);
  const until = toFrom ? series.end : series.end - (series.end % bucketS) + bucketS;
  const count = Math.max(0, Math.ceil((until - start) / bucketS));
  return { start, end: toFrom ? start + count * bucketS : until, count };
}

/**
 * The values at times from `fromS` up to, not including, `fromS + lengthS`. A line has a value at the very end
 * of the graph, which is in no bucket.
 */
function between(series: Series, fromS: number, lengthS: number): Float64Array {
  const index = (timeS: number): number =>
    Math.max(0, Math.ceil((timeS - series.start) / series.step));
  return series.values.subarray(index(fromS), index(Math.min(fromS + lengthS, series.end)));
}
