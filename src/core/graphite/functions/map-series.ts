// mapSeries(web.*.disk.*,1): the disks of each web server together; reduceSeries uses it.

import { groupByKey, nodeKey } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const mapSeries: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that share nodes or tags one after the other. It is made for reduceSeries, which computes with the series of each group.',
  example: 'mapSeries(clinic.*.*,1)',
  traps: ['By itself it only changes the order. reduceSeries makes use of the groups.'],
  params: [
    SERIES_LIST,
    { name: 'mapNodes', type: 'nodeOrTag', isRequired: true, isMultiple: true },
  ],
  // Python gives a list of lists here, which cannot be shown. reduceSeries groups by names again, so one
  // list in the same order says as much.
  run({ args }) {
    const nodes = args.literals('mapNodes');
    const groups = groupByKey(args.list('seriesList'), (series) => nodeKey(series, nodes));
    return done([...groups.values()].flat());
  },
};
