// offsetToZero(a.b.c): the smallest value becomes 0.

import { pythonNumber } from '../../base/number.ts';
import { min } from '../aggregation.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const offsetToZero: RenderFunction = {
  group: 'Transform',
  description:
    'Takes the smallest value of a series away from all its values, so that series at different heights can be compared.',
  example: 'offsetToZero(clinic.*.visits)',
  traps: ['The lowest value of the time range becomes 0, so the line moves when the range does.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => {
        const smallest = min(series.values);
        return wrapped(series, `offsetToZero(${series.name})`, {
          values: mapKnown(series.values, (value) => value - smallest),
          tags: {
            offsetToZero: Number.isNaN(smallest) ? 'None' : pythonNumber(smallest, series.whole),
          },
        });
      }),
    ),
};
