// groupByNode(web.*.cpu.*,1,"sum"): one series for each second node.

import { runGroupByNodes } from '../group-by-nodes.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const groupByNode: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that share a node of their name together, and makes one series of each group. The node is counted from 0; a text names a tag.',
  example: 'groupByNode(clinic.*.*,1,"sum")',
  traps: [
    'Nodes are counted from 0. Everything with the same node is put together, also what has different units.',
  ],
  params: [
    SERIES_LIST,
    { name: 'nodeNum', type: 'nodeOrTag', isRequired: true },
    {
      name: 'callback',
      type: 'aggOrSeriesFunc',
      default: { kind: 'text', text: 'average' },
    },
  ],
  run: (call) => runGroupByNodes(call, call.args.text('callback'), call.args.literals('nodeNum')),
};
