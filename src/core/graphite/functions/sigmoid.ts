// sigmoid(a.b.c): every value pressed between 0 and 1.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const sigmoid: RenderFunction = {
  group: 'Transform',
  description: 'The logistic function, 1 / (1 + e^-x), of every value.',
  example: 'sigmoid(offset(scale(clinic.web1.visits,0.2),-6))',
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `sigmoid(${series.name})`, {
          values: mapKnown(series.values, (value) => 1 / (1 + Math.exp(-value))),
          whole: false,
          tags: { sigmoid: 'sigmoid' },
        }),
      ),
    ),
};
