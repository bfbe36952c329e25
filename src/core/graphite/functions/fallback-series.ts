// fallbackSeries(a.b,constantLine(0)): the second list when the first is empty.

import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const fallbackSeries: RenderFunction = {
  group: 'Special',
  description: 'Gives the first list, or the second when the first has no series.',
  example: 'fallbackSeries(clinic.web9.visits,constantLine(0))',
  traps: ['The fallback is used only when nothing is found, not when all values are gaps.'],
  params: [SERIES_LIST, { ...SERIES_LIST, name: 'fallback' }],
  run({ args }) {
    const series = args.list('seriesList');
    return done(series.length > 0 ? series : args.list('fallback'));
  },
};
