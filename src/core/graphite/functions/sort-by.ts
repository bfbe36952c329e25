// sortBy(a.*,"max",true): series in the order of an aggregation.

import { sortedBy } from '../ranking.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const sortBy: RenderFunction = {
  group: 'Sorting',
  description: 'Sorts series by an aggregation of their values, the lowest first unless reversed.',
  example: 'sortBy(clinic.*.*,"max",true)',
  traps: ['The smallest comes first unless reverse is true.'],
  params: [
    SERIES_LIST,
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'average' } },
    { name: 'reverse', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run: ({ args }) =>
    doneOrRefused(sortedBy(args.list('seriesList'), args.text('func'), args.flag('reverse'))),
};
