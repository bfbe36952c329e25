// mapSeries(servers.*.disk.*,1): series of one server after those of another, for reduceSeries.

import { groupByKey, nodeKey } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const mapSeries: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that share some nodes of their names after each other, so that reduceSeries can take each of these groups together.',
  params: [
    SERIES_LIST,
    { name: 'mapNodes', type: 'nodeOrTag', isRequired: true, isMultiple: true },
  ],
  run({ args }) {
    const nodes = args.literals('mapNodes');
    const groups = groupByKey(args.list('seriesList'), (series) => nodeKey(series, nodes));
    return done([...groups.values()].flat());
  },
};
