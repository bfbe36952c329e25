// logit(a.b.c): the opposite of sigmoid.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const logit: RenderFunction = {
  group: 'Transform',
  description: 'The logarithm of x / (1 - x) of every value; it is there only between 0 and 1.',
  example: 'logit(scale(clinic.web1.visits,0.01))',
  traps: ['Only values between 0 and 1 have a result.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `logit(${series.name})`, {
          values: mapKnown(series.values, logitOf),
          whole: false,
          tags: { logit: 'logit' },
        }),
      ),
    ),
};

function logitOf(value: number): number {
  return value > 0 && value < 1 ? Math.log(value / (1 - value)) : NaN;
}
