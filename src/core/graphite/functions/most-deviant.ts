// mostDeviant(a.*,5): the five series whose values lie furthest apart.

import { variance } from '../aggregation.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const mostDeviant: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the n series with the largest variance, the largest first.',
  example: 'mostDeviant(clinic.*.*,2)',
  params: [SERIES_LIST, { name: 'n', type: 'integer', isRequired: true }],
  run({ args }) {
    const measured = args
      .list('seriesList')
      .map((series) => ({ series, spread: variance(series.values) }))
      .filter(({ spread }) => !Number.isNaN(spread))
      .sort((left, right) => right.spread - left.spread);
    return done(measured.slice(0, args.number('n')).map(({ series }) => series));
  },
};
