// averageSeriesWithWildcards(web.*.cpu.*,1): the name without its second node tells which series belong together.

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { POSITIONS, runWithWildcards } from '../with-wildcards.ts';

export const averageSeriesWithWildcards: RenderFunction = {
  group: 'Combine',
  description:
    'Mean of series whose names are the same when the nodes at the given places are left out.',
  example: 'averageSeriesWithWildcards(clinic.*.visits,1)',
  traps: ['Nodes are counted from 0.'],
  params: [SERIES_LIST, POSITIONS],
  run: (call) => runWithWildcards(call, 'average'),
};
