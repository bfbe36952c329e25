// summarize(a.b.c,"1h","sum"): one value for every hour.
//
//   12:50 13:10 13:50 14:10        buckets begin at whole hours, so the first and the last
//   [12]  [13      ] [14]          may hold fewer points than the others

import { aggregationNamed, countKnown, enoughKnown, keepsWhole } from '../aggregation.ts';
import { wrapped } from '../change.ts';
import { readBucketS } from '../interval-argument.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from '../limits.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const summarize: RenderFunction = {
  group: 'Transform',
  description:
    'Takes the values of each interval together, by sum unless another aggregation is named. Intervals begin at multiples of their length (an hour at :00), or with alignToFrom at the beginning of the graph.',
  params: [
    SERIES_LIST,
    {
      name: 'intervalString',
      type: 'interval',
      isRequired: true,
      suggestions: ['10min', '1h', '1d'],
    },
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'sum' } },
    { name: 'alignToFrom', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run({ args }) {
    const interval = args.text('intervalString');
    const func = args.text('func');
    const bucketS = readBucketS(interval);
    if (!bucketS.ok) return refused(bucketS.why);
    const combine = aggregationNamed(func);
    if (!combine) return refused(`Unsupported aggregation function: ${func}`);
    const toFrom = args.flag('alignToFrom');

    const result: Series[] = [];
    for (const series of args.list('seriesList')) {
      const times = bucketTimes(series, bucketS.value, toFrom);
      if (times.count > SERIES_POINTS_MAX) return refused(tooManyPoints(times.count));
      const name = `summarize(${series.name}, "${interval}", "${func}"${toFrom ? ', true' : ''})`;
      const values = Float64Array.from({ length: times.count }, (_, index) => {
        const bucket = between(series, times.start + index * bucketS.value, bucketS.value);
        const points = bucketS.value / series.step;
        return enoughKnown(countKnown(bucket), points, series.xFilesFactor) ? combine(bucket) : NaN;
      });
      result.push(
        wrapped(series, name, {
          start: times.start,
          end: times.end,
          step: bucketS.value,
          values,
          whole: series.whole && keepsWhole(func),
          tags: { summarize: interval, summarizeFunction: func },
        }),
      );
    }
    return done(result);
  },
};

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

/** The values at times from `fromS` up to, not including, `fromS + lengthS`. */
function between(series: Series, fromS: number, lengthS: number): Float64Array {
  const index = (timeS: number): number =>
    Math.max(0, Math.ceil((timeS - series.start) / series.step));
  return series.values.subarray(index(fromS), index(fromS + lengthS));
}
