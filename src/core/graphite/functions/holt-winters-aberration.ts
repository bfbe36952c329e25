// holtWintersAberration(a.b.c): how far the values are outside of what was to be expected.

import { confidenceBands, DELTA, HOLT_WINTERS_TIMES } from '../holt-winters.ts';
import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersAberration: RenderFunction = {
  group: 'Calculate',
  description:
    'The distance of each value from the band of holtWintersConfidenceBands: above 0 when it is higher, below 0 when it is lower, 0 within and in gaps.',
  example: 'holtWintersAberration(clinic.web1.wait,3,"2d")',
  traps: ['0 means: within what was to be expected.'],
  params: [SERIES_LIST, DELTA, ...HOLT_WINTERS_TIMES],
  run(call) {
    const bands = confidenceBands(call);
    if (bands.kind !== 'bands') return bands;
    const bandOf = new Map(bands.bands.map((band) => [band.name, band]));
    return done(
      call.args.list('seriesList').map((series) => {
        const band = bandOf.get(series.name);
        const values = series.values.map((value, at) => {
          const upper = band?.upper.values[at] ?? NaN;
          const lower = band?.lower.values[at] ?? NaN;
          if (value > upper) return value - upper;
          return value < lower ? value - lower : 0;
        });
        return wrapped(series, `holtWintersAberration(${series.name})`, {
          values,
          whole: false,
          tags: { holtWintersAberration: '1' },
        });
      }),
    );
  },
};
