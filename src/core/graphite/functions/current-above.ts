// currentAbove(a.*,5): series whose newest value is above 5.

import { last } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const currentAbove: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose newest value is above the given number.',
  example: 'currentAbove(clinic.*.visits,30)',
  traps: [
    'The newest known value is compared. Where the newest is a gap, the one before it counts.',
  ],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').filter((series) => last(series.values) > args.number('n'))),
};
