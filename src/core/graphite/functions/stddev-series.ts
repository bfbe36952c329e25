// stddevSeries(a.*) gives one series: how far the values of a row lie apart.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const stddevSeries: RenderFunction = {
  group: 'Combine',
  description: 'Standard deviation over all series, point by point.',
  example: 'stddevSeries(clinic.*.visits)',
  traps: ['It is the spread over the series at one moment. For the spread over time see stdev.'],
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'stddev', context.xFilesFactor)),
};
