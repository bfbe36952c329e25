// changed(a.b.c): 1 where the value differs from the one before, otherwise 0.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const changed: RenderFunction = {
  group: 'Special',
  description: 'Shows 1 where a value differs from the last known one, and 0 everywhere else.',
  example: 'changed(removeBelowValue(clinic.web1.visits,35))',
  traps: ['The first value counts as no change.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => {
        let previous = NaN;
        const values = series.values.map((value) => {
          if (Number.isNaN(value)) return 0;
          const differs = !Number.isNaN(previous) && value !== previous;
          previous = value;
          return differs ? 1 : 0;
        });
        return wrapped(series, `changed(${series.name})`, { values, whole: true });
      }),
    ),
};
