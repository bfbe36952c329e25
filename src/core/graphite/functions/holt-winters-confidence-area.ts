// holtWintersConfidenceArea(a.b.c): the area of the values that are not surprising.

import { LOWER_END } from './area-between.ts';
import { confidenceBands, DELTA, HOLT_WINTERS_TIMES } from '../holt-winters.ts';
import { drawn, wrapped } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersConfidenceArea: RenderFunction = {
  group: 'Calculate',
  description:
    'The two lines of holtWintersConfidenceBands as one area. It takes one series, since an area has two lines.',
  example: 'holtWintersConfidenceArea(clinic.web1.visits,3,"2d")',
  traps: ['It takes exactly one series.'],
  params: [SERIES_LIST, DELTA, ...HOLT_WINTERS_TIMES],
  readsOnlyAgain: () => true,
  run(call) {
    const bands = confidenceBands(call);
    if (bands.kind !== 'bands') return bands;
    const [band, ...others] = bands.bands;
    if (!band || others.length > 0)
      return refused(
        `holtWintersConfidenceArea needs exactly 1 series, and ${bands.bands.length} were given`,
      );
    const name = `holtWintersConfidenceArea(${band.upper.pathExpression})`;
    const tags = { holtWintersConfidenceArea: '1' };
    return done([
      drawn(wrapped(band.lower, name, { tags }), LOWER_END),
      drawn(wrapped(band.upper, name, { tags }), { stacked: true }),
    ]);
  },
};
