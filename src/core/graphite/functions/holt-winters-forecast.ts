// holtWintersForecast(a.b.c): what was to be expected, from the week before and the days in it.

import { wrapped } from '../change.ts';
import { BOOTSTRAP, forecasts, isOutcome, SEASONALITY } from '../holt-winters.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const holtWintersForecast: RenderFunction = {
  group: 'Calculate',
  description:
    'What each value was expected to be, from the values before it: their level, their slope, and what they did a season (a day) ago. It learns from a week before the graph.',
  params: [SERIES_LIST, BOOTSTRAP, SEASONALITY],
  run(call) {
    const found = forecasts(call);
    if (isOutcome(found)) return found;
    return done(
      found.map(({ series, start, predictions }) =>
        wrapped(series, `holtWintersForecast(${series.name})`, {
          start,
          values: predictions,
          whole: false,
          tags: { holtWintersForecast: '1', holtWintersDeviation: '1' },
        }),
      ),
    );
  },
};
