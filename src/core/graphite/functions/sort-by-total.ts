// sortByTotal(a.*): largest sum first.

import { sortedBy } from '../ranking.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const sortByTotal: RenderFunction = {
  group: 'Sorting',
  description: 'Sorts series by their sum, the largest first.',
  example: 'sortByTotal(clinic.*.*)',
  params: [SERIES_LIST],
  run: ({ args }) => doneOrRefused(sortedBy(args.list('seriesList'), 'sum', true)),
};
