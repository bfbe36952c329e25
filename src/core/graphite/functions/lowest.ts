// lowest(a.*,3,"max"): the three lowest series by any aggregation.

import { sortedBy } from '../ranking.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const lowest: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the n series that are lowest by an aggregation of their values.',
  example: 'lowest(clinic.*.*,2,"min")',
  params: [
    SERIES_LIST,
    { name: 'n', type: 'integer', default: { kind: 'number', value: 1, whole: true } },
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'average' } },
  ],
  run({ args }) {
    const sorted = sortedBy(args.list('seriesList'), args.text('func'), false);
    if (!sorted.ok) return refused(sorted.why);
    return done(sorted.value.slice(0, args.number('n')));
  },
};
