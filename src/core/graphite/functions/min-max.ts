// minMax(a.b.c): the lowest value becomes 0, the highest 1.

import { max, min } from '../aggregation.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const minMax: RenderFunction = {
  group: 'Transform',
  description: 'Stretches each series to the range from 0 to 1. A level series becomes 0.',
  example: 'minMax(clinic.web1.visits)',
  traps: [
    'The lowest and the highest are those of the time range: another range gives other numbers.',
  ],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => {
        const lowest = min(series.values);
        const width = max(series.values) - lowest;
        return wrapped(series, `minMax(${series.name})`, {
          values: mapKnown(series.values, (value) => (width === 0 ? 0 : (value - lowest) / width)),
          whole: false,
        });
      }),
    ),
};
