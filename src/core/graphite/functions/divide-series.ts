// divideSeries(a.*,b): every series of the first list divided by the one series b.

import { divide } from '../quotient.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { wrapped } from '../change.ts';

export const divideSeries: RenderFunction = {
  group: 'Combine',
  description:
    'Divides each series of the first list by the one series of the second. Dividing by 0 gives a gap, and so does a divisor that is not there.',
  example: 'divideSeries(clinic.web1.wait,clinic.web1.visits)',
  traps: [
    'The second argument must be exactly one series.',
    'Where it is 0 or a gap the result is a gap.',
  ],
  params: [
    { ...SERIES_LIST, name: 'dividendSeriesList' },
    { ...SERIES_LIST, name: 'divisorSeries' },
  ],
  run({ args, context }) {
    const dividends = args.list('dividendSeriesList');
    const [divisor, ...others] = args.list('divisorSeries');
    if (others.length > 0)
      return refused(
        `divideSeries second argument must reference exactly 1 series (got ${others.length + 1})`,
      );
    if (!divisor)
      return done(
        dividends.map((series) =>
          wrapped(series, `divideSeries(${series.name},MISSING)`, {
            values: new Float64Array(series.values.length).fill(NaN),
          }),
        ),
      );
    return done(dividends.map((series) => divide(series, divisor, context.xFilesFactor)));
  },
};
