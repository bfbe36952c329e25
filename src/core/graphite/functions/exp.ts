// exp(a.b.c): e to the power of every value.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const exp: RenderFunction = {
  group: 'Transform',
  description:
    'Raises e, 2.718..., to the power of every value. What is too large for a number becomes a gap.',
  example: 'exp(scale(clinic.web1.visits,0.1))',
  traps: ['Values above 709 have no result: the number would be too large.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `exp(${series.name})`, {
          values: mapKnown(series.values, finiteExp),
          whole: false,
          tags: { exp: 'e' },
        }),
      ),
    ),
};

function finiteExp(value: number): number {
  const result = Math.exp(value);
  return Number.isFinite(result) ? result : NaN;
}
