// maximumBelow(a.*,5): series whose highest value is at most 5.

import { isAtMost, max } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const maximumBelow: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose highest value is at most the given number.',
  example: 'maximumBelow(clinic.*.wait,40)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(
      args.list('seriesList').filter((series) => isAtMost(max(series.values), args.number('n'))),
    ),
};
