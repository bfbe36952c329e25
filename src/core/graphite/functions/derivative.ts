// derivative(a.b.c): the change from each value to the next.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const derivative: RenderFunction = {
  group: 'Transform',
  description:
    'The change from one value to the next, negative when it falls. For counters that start again at 0, nonNegativeDerivative is the better one.',
  example: 'derivative(clinic.web1.visits)',
  traps: [
    'A counter that begins anew gives one deep fall. Use nonNegativeDerivative or perSecond for counters.',
  ],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `derivative(${series.name})`, {
          values: series.values.map((value, index) => value - (series.values[index - 1] ?? NaN)),
          tags: { derivative: '1' },
        }),
      ),
    ),
};
