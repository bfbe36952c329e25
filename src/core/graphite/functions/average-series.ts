// averageSeries(a.*) gives one series: the mean of every row.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const averageSeries: RenderFunction = {
  group: 'Combine',
  description: 'Mean of all series, point by point. Gaps are left out of the mean.',
  example: 'averageSeries(clinic.*.visits)',
  traps: [
    'A gap in one series does not count: the others are averaged.',
    'The average of averages is right only where each stands for the same number of events.',
  ],
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'average', context.xFilesFactor)),
};
