// holtWintersConfidenceBands(a.b.c): the lowest and the highest value that are not surprising.

import { confidenceBands, DELTA, HOLT_WINTERS_TIMES } from '../holt-winters.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersConfidenceBands: RenderFunction = {
  group: 'Calculate',
  description:
    'Two lines around the forecast of holtWintersForecast: delta times the usual distance between forecast and value, below and above it.',
  params: [SERIES_LIST, DELTA, ...HOLT_WINTERS_TIMES],
  readsOnlyAgain: () => true,
  run(call) {
    const bands = confidenceBands(call);
    if (bands.kind !== 'bands') return bands;
    return done(bands.bands.flatMap(({ lower, upper }) => [lower, upper]));
  },
};
