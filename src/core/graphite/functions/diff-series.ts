// diffSeries(a.*) gives one series: the first value of every row minus the others.

import { aggregate } from '../aggregate.ts';
import { doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const diffSeries: RenderFunction = {
  group: 'Combine',
  description:
    'The first series minus all others, point by point. Where the first one has a gap, the next one with a value takes its place.',
  example: 'diffSeries(clinic.web1.visits,clinic.web2.visits)',
  traps: ['All series behind the first one are taken away from it.'],
  params: [SERIES_LISTS],
  isAggregator: true,
  run: ({ args, context }) =>
    doneOrRefused(aggregate(args.list('seriesLists'), 'diff', context.xFilesFactor)),
};
