// maxSeries(a.*) gives one series: the largest value of every row.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const maxSeries: RenderFunction = {
  group: 'Combine',
  description: 'Largest value of all series, point by point.',
  example: 'maxSeries(clinic.*.visits)',
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'max', context.xFilesFactor)),
};
