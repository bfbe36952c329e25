// linearRegression(a.b.c): the straight line that lies closest to the values.

import { good, type Result } from '../../base/result.ts';
import { parseAtTime } from '../../time/attime.ts';
import { wrapped } from '../change.ts';
import { done, refused, SERIES_LIST, type Call, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const linearRegression: RenderFunction = {
  group: 'Calculate',
  description:
    'The straight line with the least squares of distance to the values of a source time, drawn over the whole graph. The source is the graph itself unless its beginning or end are given.',
  example: 'linearRegression(clinic.web1.visits)',
  traps: ['The line also goes on where no values are, so it is not a promise.'],
  params: [
    SERIES_LIST,
    { name: 'startSourceAt', type: 'string' },
    { name: 'endSourceAt', type: 'string' },
  ],
  run(call) {
    const { args, context } = call;
    const from = sourceTime(call, 'startSourceAt', context.fromS);
    if (!from.ok) return refused(from.why);
    const until = sourceTime(call, 'endSourceAt', context.untilS);
    if (!until.ok) return refused(until.why);
    const sources = call.again(from.value, until.value);
    if (sources.kind !== 'done') return sources;
    return done(
      args.list('seriesList').flatMap((series, index) => {
        const source = sources.series[index];
        const line = source ? closestLine(source) : null;
        if (!line) return [];
        const values = series.values.map(
          (_, at) => line.atZero + (series.start + at * series.step) * line.perSecond,
        );
        const range = `${from.value}, ${until.value}`;
        return [
          wrapped(series, `linearRegression(${series.name}, ${range})`, {
            values,
            whole: false,
            tags: { linearRegressions: range },
          }),
        ];
      }),
    );
  },
};

function sourceTime({ args, context }: Call, name: string, otherwise: number): Result<number> {
  const text = args.optional(name);
  return text?.kind === 'text'
    ? parseAtTime(text.text, context.nowS, context.offsetAt)
    : good(otherwise);
}

/** A line by its value at second 0 and what it grows in a second. */
interface Line {
  readonly atZero: number;
  readonly perSecond: number;
}

function closestLine({ values, start, step }: Series): Line | null {
  let known = 0;
  let places = 0;
  let sum = 0;
  let placesSquared = 0;
  let products = 0;
  for (const [place, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    known++;
    places += place;
    sum += value;
    placesSquared += place * place;
    products += place * value;
  }
  const denominator = known * placesSquared - places * places;
  if (denominator === 0) return null;
  const perSecond = (known * products - places * sum) / denominator / step;
  const atZero = (placesSquared * sum - products * places) / denominator - perSecond * start;
  return { atZero, perSecond };
}
