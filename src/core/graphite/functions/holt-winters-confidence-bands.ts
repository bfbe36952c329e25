// holtWintersConfidenceBands(a.b.c,3): the forecast, three times its usual error below and above.

import { BOOTSTRAP, confidenceBands, DELTA, SEASONALITY } from '../holt-winters.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersConfidenceBands: RenderFunction = {
  group: 'Calculate',
  description:
    'Two lines for each series, between which its values were to be expected: the forecast less and plus delta times its usual error.',
  params: [SERIES_LIST, DELTA, BOOTSTRAP, SEASONALITY],
  run: confidenceBands,
};
