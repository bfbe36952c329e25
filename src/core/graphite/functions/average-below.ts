// averageBelow(a.*,5): series whose mean is at most 5.

import { average, isAtMost } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const averageBelow: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose mean is at most the given number.',
  example: 'averageBelow(clinic.*.visits,30)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(
      args
        .list('seriesList')
        .filter((series) => isAtMost(average(series.values), args.number('n'))),
    ),
};
