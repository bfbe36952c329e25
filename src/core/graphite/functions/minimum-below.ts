// minimumBelow(a.*,5): series whose lowest value is at most 5.

import { isAtMost, min } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const minimumBelow: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose lowest value is at most the given number.',
  example: 'minimumBelow(clinic.*.visits,15)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(
      args.list('seriesList').filter((series) => isAtMost(min(series.values), args.number('n'))),
    ),
};
