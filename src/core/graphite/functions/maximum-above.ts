// maximumAbove(a.*,5): series whose highest value is above 5.

import { max } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const maximumAbove: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose highest value is above the given number.',
  example: 'maximumAbove(clinic.*.wait,30)',
  traps: ['One high value is enough for the series to be shown.'],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').filter((series) => max(series.values) > args.number('n'))),
};
