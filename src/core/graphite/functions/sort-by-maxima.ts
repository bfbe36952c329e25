// sortByMaxima(a.*): highest peak first.

import { sortedBy } from '../ranking.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const sortByMaxima: RenderFunction = {
  group: 'Sorting',
  description: 'Sorts series by their highest value, the highest first.',
  example: 'sortByMaxima(clinic.*.*)',
  params: [SERIES_LIST],
  run: ({ args }) => doneOrRefused(sortedBy(args.list('seriesList'), 'max', true)),
};
