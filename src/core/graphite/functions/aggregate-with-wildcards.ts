// aggregateWithWildcards(web.*.cpu.*,"max",1): any aggregation of series alike but for one node.

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { POSITIONS, runWithWildcards } from '../with-wildcards.ts';

export const aggregateWithWildcards: RenderFunction = {
  group: 'Combine',
  description:
    'An aggregation of series whose names are the same when the nodes at the given places are left out.',
  params: [SERIES_LIST, { name: 'func', type: 'aggFunc', isRequired: true }, POSITIONS],
  run: (call) => runWithWildcards(call, call.args.text('func')),
};
