// rangeOfSeries(a.*) gives one series: the width of every row.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const rangeOfSeries: RenderFunction = {
  group: 'Combine',
  description: 'Largest value minus smallest value of all series, point by point.',
  example: 'rangeOfSeries(clinic.*.visits)',
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'rangeOf', context.xFilesFactor)),
};
