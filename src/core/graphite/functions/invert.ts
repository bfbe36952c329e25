// invert(a.b.c) is 1 / value.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const invert: RenderFunction = {
  group: 'Transform',
  description: 'Divides 1 by every value; 0 becomes a gap.',
  example: 'invert(clinic.web1.visits)',
  traps: ['There is no result where the value is 0.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `invert(${series.name})`, {
          values: mapKnown(series.values, (value) => (value === 0 ? NaN : 1 / value)),
          whole: false,
          tags: { invert: '1' },
        }),
      ),
    ),
};
