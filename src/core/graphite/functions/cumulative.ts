// cumulative(a.b.c) is consolidateBy(a.b.c,"sum").

import { SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { withConsolidation } from './consolidate-by.ts';

export const cumulative: RenderFunction = {
  group: 'Special',
  description: 'Adds values up when there are more of them than pixels, as counts need it.',
  example: 'cumulative(clinic.web1.visits)',
  traps: ['It is consolidateBy with sum. It does not add up over time: that is integral.'],
  params: [SERIES_LIST],
  run: ({ args }) => withConsolidation(args.list('seriesList'), 'sum'),
};
