// nonNegativeDerivative(a.b.c): the growth of a counter, a gap where it started again.

import { wrapped } from '../change.ts';
import { growth } from '../delta.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const nonNegativeDerivative: RenderFunction = {
  group: 'Transform',
  description:
    'The growth of a counter from one value to the next. Where it went back there is a gap, unless maxValue or minValue say where the counter starts again.',
  example: 'nonNegativeDerivative(clinic.web1.bytes)',
  traps: [
    'Where a counter begins anew there is one gap, unless maxValue tells where it turns over.',
  ],
  params: [SERIES_LIST, { name: 'maxValue', type: 'float' }, { name: 'minValue', type: 'float' }],
  run({ args }) {
    const limits = {
      largest: args.optionalNumber('maxValue'),
      smallest: args.optionalNumber('minValue'),
    };
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `nonNegativeDerivative(${series.name})`, {
          values: growth(series.values, limits),
          tags: { nonNegativeDerivative: '1' },
        }),
      ),
    );
  },
};
