// groupByNodes(web.*.cpu.*,"sum",0,1): one series for each pair of first and second node.

import { runGroupByNodes } from '../group-by-nodes.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const groupByNodes: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that share several nodes or tags together, and makes one series of each group.',
  example: 'groupByNodes(clinic.*.*,"max",2)',
  params: [
    SERIES_LIST,
    { name: 'callback', type: 'aggOrSeriesFunc', isRequired: true },
    { name: 'nodes', type: 'nodeOrTag', isRequired: true, isMultiple: true },
  ],
  run: (call) => runGroupByNodes(call, call.args.text('callback'), call.args.literals('nodes')),
};
