// minSeries(a.*) gives one series: the smallest value of every row.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const minSeries: RenderFunction = {
  group: 'Combine',
  description: 'Smallest value of all series, point by point.',
  example: 'minSeries(clinic.*.visits)',
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'min', context.xFilesFactor)),
};
