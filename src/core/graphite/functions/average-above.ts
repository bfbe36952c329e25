// averageAbove(a.*,5): series whose mean is above 5.

import { average } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const averageAbove: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose mean is above the given number.',
  example: 'averageAbove(clinic.*.visits,30)',
  traps: [
    'It is the average over the whole time that is compared. The series is shown whole or not at all.',
  ],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').filter((series) => average(series.values) > args.number('n'))),
};
