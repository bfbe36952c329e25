// lowestAverage(a.*,3): the three series with the lowest means.

import { sortedBy } from '../ranking.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const lowestAverage: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the n series with the lowest means, in this order.',
  example: 'lowestAverage(clinic.*.*,2)',
  params: [
    SERIES_LIST,
    { name: 'n', type: 'integer', default: { kind: 'number', value: 1, whole: true } },
  ],
  run({ args }) {
    const sorted = sortedBy(args.list('seriesList'), 'average', false);
    if (!sorted.ok) return refused(sorted.why);
    return done(sorted.value.slice(0, args.number('n')));
  },
};
