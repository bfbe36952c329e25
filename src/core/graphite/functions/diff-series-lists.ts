// diffSeriesLists(a.*,b.*): the difference of the first of both, of the second of both ...

import type { RenderFunction } from '../render-function.ts';
import { FIRST_LIST, runSeriesLists, SECOND_LIST } from '../series-lists.ts';

export const diffSeriesLists: RenderFunction = {
  group: 'Combine',
  description:
    'Takes two lists of the same length pair by pair, and gives the difference of each pair.',
  example: 'diffSeriesLists(clinic.*.visits,clinic.*.wait)',
  traps: ['The series are paired by their order.'],
  params: [FIRST_LIST, SECOND_LIST],
  run: (call) => runSeriesLists(call, 'diff'),
};
