// highest(a.*,3,"max"): the three highest series by any aggregation.

import { sortedBy } from '../ranking.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const highest: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the n series that are highest by an aggregation of their values.',
  example: 'highest(clinic.*.*,2,"max")',
  traps: ['Without a function the average decides.'],
  params: [
    SERIES_LIST,
    { name: 'n', type: 'integer', default: { kind: 'number', value: 1, whole: true } },
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'average' } },
  ],
  run({ args }) {
    const sorted = sortedBy(args.list('seriesList'), args.text('func'), true);
    if (!sorted.ok) return refused(sorted.why);
    return done(sorted.value.slice(0, args.number('n')));
  },
};
