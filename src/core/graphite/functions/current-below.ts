// currentBelow(a.*,5): series whose newest value is at most 5.

import { isAtMost, last } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const currentBelow: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose newest value is at most the given number.',
  example: 'currentBelow(clinic.*.visits,30)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(
      args.list('seriesList').filter((series) => isAtMost(last(series.values), args.number('n'))),
    ),
};
