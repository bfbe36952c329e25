// sumSeries(a.*) gives one series: the sum of every row.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const sumSeries: RenderFunction = {
  group: 'Combine',
  description: 'Adds all series, point by point. Gaps are left out of the sum.',
  example: 'sumSeries(clinic.*.visits)',
  traps: [
    'A gap counts as nothing, so a host that is silent makes the sum smaller without a sign.',
  ],
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'sum', context.xFilesFactor)),
};
