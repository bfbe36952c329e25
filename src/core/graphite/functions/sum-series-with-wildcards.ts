// sumSeriesWithWildcards(web.*.cpu.*,1): the name without its second node tells which series belong together.

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { POSITIONS, runWithWildcards } from '../with-wildcards.ts';

export const sumSeriesWithWildcards: RenderFunction = {
  group: 'Combine',
  description:
    'Sum of series whose names are the same when the nodes at the given places are left out.',
  example: 'sumSeriesWithWildcards(clinic.*.visits,1)',
  traps: ['Nodes are counted from 0: the 1 is taken out of clinic.web1.visits.'],
  params: [SERIES_LIST, POSITIONS],
  run: (call) => runWithWildcards(call, 'sum'),
};
