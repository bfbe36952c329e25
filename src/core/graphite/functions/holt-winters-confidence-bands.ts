// holtWintersConfidenceBands(a.b.c): the lowest and the highest value that are not surprising.

import { confidenceBands, DELTA, HOLT_WINTERS_TIMES } from '../holt-winters.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersConfidenceBands: RenderFunction = {
  group: 'Calculate',
  description:
    'Two lines around the forecast of holtWintersForecast: delta times the usual distance between forecast and value, below and above it.',
  example: 'holtWintersConfidenceBands(clinic.web1.visits,3,"2d")',
  traps: [
    'The bands need as much stored history as the time they learn from, 7 days unless another is named.',
  ],
  params: [SERIES_LIST, DELTA, ...HOLT_WINTERS_TIMES],
  readsOnlyAgain: () => true,
  run(call) {
    const bands = confidenceBands(call);
    if (bands.kind !== 'bands') return bands;
    return done(bands.bands.flatMap(({ lower, upper }) => [lower, upper]));
  },
};
