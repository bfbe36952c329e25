// aggregateWithWildcards(web.*.cpu.*,"max",1): any aggregation of series alike but for one node.

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { POSITIONS, runWithWildcards } from '../with-wildcards.ts';

export const aggregateWithWildcards: RenderFunction = {
  group: 'Combine',
  description:
    'An aggregation of series whose names are the same when the nodes at the given places are left out.',
  example: 'aggregateWithWildcards(clinic.*.visits,"sum",1)',
  traps: ['Nodes are counted from 0: in clinic.web1.visits the 1 stands for web1.'],
  params: [SERIES_LIST, { name: 'func', type: 'aggFunc', isRequired: true }, POSITIONS],
  run: (call) => runWithWildcards(call, call.args.text('func')),
};
