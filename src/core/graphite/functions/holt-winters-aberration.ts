// holtWintersAberration(a.b.c): how far values are outside of what was to be expected; else 0.

import { wrapped } from '../change.ts';
import { BOOTSTRAP, confidenceBands, DELTA, SEASONALITY } from '../holt-winters.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersAberration: RenderFunction = {
  group: 'Calculate',
  description:
    'How far each value is above or below the lines of holtWintersConfidenceBands; 0 between them, and where there is no value.',
  params: [SERIES_LIST, DELTA, BOOTSTRAP, SEASONALITY],
  run(call) {
    const found = confidenceBands(call);
    if (found.kind !== 'done') return found;
    const bands = new Map(found.series.map((band) => [band.name, band.values]));
    return done(
      call.args.list('seriesList').map((series) => {
        const lower = bands.get(`holtWintersConfidenceLower(${series.name})`);
        const upper = bands.get(`holtWintersConfidenceUpper(${series.name})`);
        return wrapped(series, `holtWintersAberration(${series.name})`, {
          values: series.values.map((value, i) => outside(value, lower?.[i], upper?.[i])),
          whole: false,
          tags: { holtWintersAberration: '1' },
        });
      }),
    );
  },
};

function outside(value: number, lower = NaN, upper = NaN): number {
  if (value > upper) return value - upper;
  return value < lower ? value - lower : 0;
}
