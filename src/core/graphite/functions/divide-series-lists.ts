// divideSeriesLists(a.*,b.*): the first of a by the first of b, the second by the second ...

import { divide } from '../quotient.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const divideSeriesLists: RenderFunction = {
  group: 'Combine',
  description: 'Divides the series of the first list by those of the second, pair by pair.',
  example: 'divideSeriesLists(clinic.*.wait,clinic.*.visits)',
  traps: ['The series are paired by their order: check that both patterns find the same hosts.'],
  params: [
    { ...SERIES_LIST, name: 'dividendSeriesList' },
    { ...SERIES_LIST, name: 'divisorSeriesList' },
  ],
  run({ args, context }) {
    const dividends = args.list('dividendSeriesList');
    const divisors = args.list('divisorSeriesList');
    if (dividends.length !== divisors.length)
      return refused('dividendSeriesList and divisorSeriesList argument must have equal length');
    return done(
      dividends.flatMap((series, index) => {
        const divisor = divisors[index];
        return divisor ? [divide(series, divisor, context.xFilesFactor)] : [];
      }),
    );
  },
};
