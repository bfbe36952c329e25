// holtWintersForecast(a.b.c): what was to be expected, from the trend and the same time of other days.

import { forecasts, HOLT_WINTERS_TIMES } from '../holt-winters.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { wrapped } from '../change.ts';

export const holtWintersForecast: RenderFunction = {
  group: 'Calculate',
  description:
    'A forecast for each point, from the values before it: their level, their trend and the season (the same time of the day before). The time before the graph (7 days) is read too, to learn from.',
  example: 'holtWintersForecast(clinic.web1.visits,"2d")',
  traps: [
    'It needs stored history: with less than a week of it, name a shorter time to learn from.',
  ],
  params: [SERIES_LIST, ...HOLT_WINTERS_TIMES],
  readsOnlyAgain: () => true,
  run(call) {
    const all = forecasts(call);
    if (all.kind !== 'forecasts') return all;
    return done(
      all.forecasts.map(({ series, expected }) =>
        wrapped(series, `holtWintersForecast(${series.name})`, { values: expected, whole: false }),
      ),
    );
  },
};
