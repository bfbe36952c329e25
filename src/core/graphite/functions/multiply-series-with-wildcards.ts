// multiplySeriesWithWildcards(web.*.cpu.*,1): the name without its second node tells which series belong together.

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { POSITIONS, runWithWildcards } from '../with-wildcards.ts';

export const multiplySeriesWithWildcards: RenderFunction = {
  group: 'Combine',
  description:
    'Product of series whose names are the same when the nodes at the given places are left out.',
  example: 'multiplySeriesWithWildcards(clinic.*.visits,1)',
  params: [SERIES_LIST, POSITIONS],
  run: (call) => runWithWildcards(call, 'multiply'),
};
