// squareRoot(a.b.c): the square root of every value.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const squareRoot: RenderFunction = {
  group: 'Transform',
  description: 'The square root of every value; negative values become gaps.',
  example: 'squareRoot(clinic.web1.wait)',
  traps: ['There is no square root below 0: there is a gap.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `squareRoot(${series.name})`, {
          values: mapKnown(series.values, Math.sqrt),
          whole: false,
          tags: { squareRoot: '1' },
        }),
      ),
    ),
};
