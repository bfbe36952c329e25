// aggregate(a.*,"median") gives one series: any aggregation of every row.

import { aggregate as aggregateRows } from '../aggregate.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const aggregate: RenderFunction = {
  group: 'Combine',
  description:
    'Makes one series of all, point by point, with the aggregation that is named: average, median, sum, min, max, diff, stddev, count, range, multiply or last. A point needs the share of known values that xFilesFactor gives.',
  example: 'aggregate(clinic.*.visits,"range")',
  params: [
    SERIES_LIST,
    { name: 'func', type: 'aggFunc', isRequired: true },
    { name: 'xFilesFactor', type: 'float' },
  ],
  run({ args, context }) {
    const share = args.optionalNumber('xFilesFactor') ?? context.xFilesFactor;
    return doneOrRefused(aggregateRows(args.list('seriesList'), args.text('func'), share));
  },
};
