// isNonNull(a.b.c): 1 where there is a value, 0 where there is a gap.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const isNonNull: RenderFunction = {
  group: 'Transform',
  description:
    'Turns values into 1 and gaps into 0; the sum over many series then counts those that report.',
  example: 'isNonNull(clinic.web1.temperature)',
  traps: ['Its sum counts the known values.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `isNonNull(${series.name})`, {
          values: series.values.map((value) => (Number.isNaN(value) ? 0 : 1)),
          whole: true,
          tags: { isNonNull: '1' },
        }),
      ),
    ),
};
