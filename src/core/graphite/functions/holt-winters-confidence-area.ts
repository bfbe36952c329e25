// holtWintersConfidenceArea(a.b.c): the same as the bands, drawn as the area between them.

import { BOOTSTRAP, confidenceBands, DELTA, SEASONALITY } from '../holt-winters.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { EXACTLY_TWO } from './area-between.ts';

export const holtWintersConfidenceArea: RenderFunction = {
  group: 'Calculate',
  description:
    'The area between the two lines of holtWintersConfidenceBands, for exactly one series.',
  params: [SERIES_LIST, DELTA, BOOTSTRAP, SEASONALITY],
  run(call) {
    const bands = confidenceBands(call);
    if (bands.kind !== 'done') return bands;
    const upper = bands.series[1];
    if (bands.series.length !== 2 || !upper) return refused(EXACTLY_TWO);
    const name = `holtWintersConfidenceArea(${upper.pathExpression})`;
    const tags = { ...upper.tags, holtWintersConfidenceArea: '1' };
    return done(bands.series.map((band) => ({ ...band, name, pathExpression: name, tags })));
  },
};
