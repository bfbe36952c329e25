// limit(a.*,10): the first ten series.

import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const limit: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the first n series.',
  example: 'limit(clinic.*.*,2)',
  traps: ['They are the first ones in the order of the names, unless the list was sorted before.'],
  params: [SERIES_LIST, { name: 'n', type: 'integer', isRequired: true }],
  run: ({ args }) => done(args.list('seriesList').slice(0, args.number('n'))),
};
