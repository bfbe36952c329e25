// hitcount(requests.rate,"1h"): requests in each hour, from requests in a second.

import { startOfUnit } from '../../time/unit-start.ts';
import { wrapped } from '../change.ts';
import { readBucketS } from '../interval-argument.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from '../limits.ts';
import {
  done,
  refused,
  SERIES_LIST,
  type Call,
  type Outcome,
  type RenderFunction,
} from '../render-function.ts';
import type { Series } from '../series.ts';

export const hitcount: RenderFunction = {
  group: 'Transform',
  description:
    'How many there were in each bucket of time, from a series that says how many in a second. The last bucket ends with the graph; aligned, the first one begins at a whole minute, hour or day.',
  example: 'hitcount(clinic.web1.visits,"10min")',
  traps: ['Each value is taken as so many a second, and multiplied by the seconds of its step.'],
  params: [
    SERIES_LIST,
    {
      name: 'intervalString',
      type: 'interval',
      isRequired: true,
      suggestions: ['10min', '1h', '1d'],
    },
    { name: 'alignToInterval', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run(call) {
    const text = call.args.text('intervalString');
    const length = readBucketS(text);
    if (!length.ok) return refused(length.why);
    const isAligned = call.args.flag('alignToInterval');
    const list = isAligned ? alignedSeries(call, length.value) : done(call.args.list('seriesList'));
    if (list.kind !== 'done') return list;

    const result: Series[] = [];
    for (const series of list.series) {
      const count = Math.ceil((series.end - series.start) / length.value);
      if (count > SERIES_POINTS_MAX) return refused(tooManyPoints(count));
      const start = series.end - count * length.value;
      const name = `hitcount(${series.name}, "${text}"${isAligned ? ', true' : ''})`;
      result.push(
        wrapped(series, name, {
          start,
          step: length.value,
          values: spread(series, { start, count, lengthS: length.value }),
          tags: { hitcount: text },
        }),
      );
    }
    return done(result);
  },
};

// Fetched again from the start of the day, hour or minute, with one bucket more than fits.
function alignedSeries({ context, again }: Call, lengthS: number): Outcome {
  const unit =
    lengthS >= 86_400 ? 'days' : lengthS >= 3600 ? 'hours' : lengthS >= 60 ? 'minutes' : 'seconds';
  const from = startOfUnit(unit, context.fromS, context.offsetAt);
  if (!from.ok) return refused(from.why);
  const earlier = again(from.value, context.untilS);
  if (earlier.kind !== 'done') return earlier;
  return done(
    earlier.series.map((series) => {
      const whole = Math.floor((series.end - series.start) / lengthS);
      return { ...series, end: series.start + (whole + 1) * lengthS };
    }),
  );
}

interface Buckets {
  readonly start: number;
  readonly count: number;
  readonly lengthS: number;
}

/** Each value times the seconds it stands for, to the buckets that these seconds lie in. */
function spread(series: Series, { start, count, lengthS }: Buckets): Float64Array {
  const sums = new Float64Array(count).fill(NaN);
  const until = start + count * lengthS;
  for (const [index, value] of series.values.entries()) {
    if (Number.isNaN(value)) continue;
    let fromS = Math.max(start, series.start + index * series.step);
    const endS = Math.min(until, series.start + (index + 1) * series.step);
    while (fromS < endS) {
      const bucket = Math.floor((fromS - start) / lengthS);
      const untilS = Math.min(endS, start + (bucket + 1) * lengthS);
      const before = sums[bucket] ?? NaN;
      sums[bucket] = (Number.isNaN(before) ? 0 : before) + value * (untilS - fromS);
      fromS = untilS;
    }
  }
  return sums;
}
