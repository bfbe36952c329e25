// multiplySeries(a.*) gives one series: the product of every row, a gap where one has a gap.

import { aggregate } from '../aggregate.ts';
import { done, doneOrRefused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const multiplySeries: RenderFunction = {
  group: 'Combine',
  description:
    'Multiplies all series, point by point; one gap makes the product a gap. A single series stays as it is.',
  example: 'multiplySeries(clinic.web1.visits,clinic.web1.wait)',
  traps: ['A gap in one of them is a gap in the result.'],
  params: [SERIES_LISTS],
  isAggregator: true,
  run({ args, context }) {
    const lists = args.lists('seriesLists');
    const [only] = lists;
    if (lists.length === 1 && only?.length === 1) return done(only);
    return doneOrRefused(aggregate(lists.flat(), 'multiply', context.xFilesFactor));
  },
};
