// sortByMinima(a.*): lowest value first; series that never rise above 0 are left out.

import { max } from '../aggregation.ts';
import { sortedBy } from '../ranking.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const sortByMinima: RenderFunction = {
  group: 'Sorting',
  description:
    'Sorts series by their lowest value, the lowest first. Series that never rise above 0 are left out.',
  example: 'sortByMinima(clinic.*.*)',
  traps: ['Series that never are above 0 are left out.'],
  params: [SERIES_LIST],
  run({ args }) {
    const above = args.list('seriesList').filter((series) => max(series.values) > 0);
    return doneOrRefused(sortedBy(above, 'min', false));
  },
};
