// aliasByNode(web1.cpu.user,0,2) is shown as "web1.user"

import { renamed } from '../change.ts';
import { nodeKey } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const aliasByNode: RenderFunction = {
  group: 'Alias',
  description:
    'Shows chosen nodes of the metric name, joined by dots. Nodes are counted from 0, from the end when negative; a text names a tag.',
  example: 'aliasByNode(clinic.*.visits,1)',
  traps: ['Nodes are counted from 0, and from the end with a minus sign.'],
  params: [SERIES_LIST, { name: 'nodes', type: 'nodeOrTag', isRequired: true, isMultiple: true }],
  run({ args }) {
    const nodes = args.literals('nodes');
    return done(args.list('seriesList').map((series) => renamed(series, nodeKey(series, nodes))));
  },
};
