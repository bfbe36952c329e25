// hitcount(requests.rate,"1h"): from a rate a second to how many there were in each hour.

import { wrapped } from '../change.ts';
import { INTERVAL_STRING, readBucketS } from '../interval-argument.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from '../limits.ts';
import { startOfUnit } from '../../time/unit-start.ts';
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
    'Takes values for rates a second, and says how many that makes in each interval; a value that lasts over the border of two goes to both in parts. Intervals end at the end of the graph, or with alignToInterval begin at whole minutes, hours or days.',
  params: [
    SERIES_LIST,
    INTERVAL_STRING,
    { name: 'alignToInterval', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run(call) {
    const text = call.args.text('intervalString');
    const interval = readBucketS(text);
    if (!interval.ok) return refused(interval.why);
    const isAligned = call.args.flag('alignToInterval');
    const found = isAligned ? aligned(call, interval.value) : done(call.args.list('seriesList'));
    if (found.kind !== 'done') return found;
    const counts = found.series.map((series) =>
      Math.ceil((series.end - series.start) / interval.value),
    );
    const most = Math.max(0, ...counts);
    if (most > SERIES_POINTS_MAX) return refused(tooManyPoints(most));
    return done(
      found.series.map((series, i) => {
        const count = counts[i] ?? 0;
        const start = series.end - count * interval.value;
        return wrapped(series, `hitcount(${series.name}, "${text}"${isAligned ? ', true' : ''})`, {
          start,
          step: interval.value,
          values: spread(series, start, interval.value, count),
          tags: { hitcount: text },
        });
      }),
    );
  },
};

const UNITS = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
] as const;

/** The series from the beginning of a whole day, hour or minute, and one interval longer than whole ones. */
function aligned({ context, again }: Call, interval: number): Outcome {
  const unit = UNITS.find(([seconds]) => interval >= seconds)?.[1];
  const from = unit ? startOfUnit(unit, context.fromS, context.offsetAt) : null;
  if (from && !from.ok) return refused(from.why);
  const found = again(from ? from.value : context.fromS, context.untilS);
  if (found.kind !== 'done') return found;
  return done(
    found.series.map((series) => {
      const whole = Math.floor((series.end - series.start) / interval);
      return { ...series, end: series.start + (whole + 1) * interval };
    }),
  );
}

function spread(
  { start: seriesStart, step, values }: Series,
  start: number,
  interval: number,
  count: number,
): Float64Array {
  const hits = new Float64Array(count).fill(NaN);
  const add = (bucket: number, amount: number): void => {
    if (bucket >= 0 && bucket < count)
      hits[bucket] = (Number.isNaN(hits[bucket]) ? 0 : (hits[bucket] ?? 0)) + amount;
  };
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const from = seriesStart + i * step - start;
    const until = from + step;
    const first = Math.floor(from / interval);
    let last = Math.floor(until / interval);
    let rest = until - last * interval;
    if (last >= count) {
      last = count - 1;
      rest = interval;
    }
    const into = from - first * interval;
    if (first === last) add(first, value * (rest - into));
    else {
      add(first, value * (interval - into));
      for (let bucket = first + 1; bucket < last; bucket++) add(bucket, value * interval);
      if (rest > 0) add(last, value * rest);
    }
  }
  return hits;
}
