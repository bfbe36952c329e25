// minimumAbove(a.*,5): series whose lowest value is above 5.

import { min } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const minimumAbove: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose lowest value is above the given number.',
  example: 'minimumAbove(clinic.*.visits,15)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').filter((series) => min(series.values) > args.number('n'))),
};
