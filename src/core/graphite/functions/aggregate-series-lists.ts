// aggregateSeriesLists(a.*,b.*,"max"): any aggregation of the first of both, of the second of both ...

import type { RenderFunction } from '../render-function.ts';
import { FIRST_LIST, runSeriesLists, SECOND_LIST } from '../series-lists.ts';

export const aggregateSeriesLists: RenderFunction = {
  group: 'Combine',
  description: 'Takes two lists of the same length pair by pair, and aggregates each pair.',
  example: 'aggregateSeriesLists(clinic.*.visits,clinic.*.wait,"max")',
  traps: ['The series are paired by their order, so both lists need the same number of them.'],
  params: [
    FIRST_LIST,
    SECOND_LIST,
    { name: 'func', type: 'aggFunc', isRequired: true },
    { name: 'xFilesFactor', type: 'float' },
  ],
  run: (call) => runSeriesLists(call, call.args.text('func')),
};
