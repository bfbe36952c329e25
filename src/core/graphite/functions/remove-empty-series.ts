// removeEmptySeries(a.*): series without a value are left out.

import { countKnown, enoughKnown } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeEmptySeries: RenderFunction = {
  group: 'Filter Series',
  description:
    'Leaves out series that have no values, or, with xFilesFactor, a smaller share of them.',
  example: 'removeEmptySeries(clinic.*.*)',
  traps: ['A series with one value is not empty. With an xFilesFactor it must have more.'],
  params: [SERIES_LIST, { name: 'xFilesFactor', type: 'float' }],
  run({ args, context }) {
    const share = args.optionalNumber('xFilesFactor') ?? context.xFilesFactor;
    return done(
      args
        .list('seriesList')
        .filter(({ values }) => enoughKnown(countKnown(values), values.length, share)),
    );
  },
};
