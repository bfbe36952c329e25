// delay(a.b.c,2): every value two points later; a negative number moves them earlier.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const delay: RenderFunction = {
  group: 'Transform',
  description: 'Moves the values by so many points, later or, when negative, earlier.',
  example: 'delay(clinic.web1.visits,15)',
  traps: ['The shift is counted in points. With another step the same number is another time.'],
  params: [SERIES_LIST, { name: 'steps', type: 'integer', isRequired: true }],
  run({ args }) {
    const steps = args.number('steps');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `delay(${series.name},${steps})`, {
          values: series.values.map((_, index) => series.values[index - steps] ?? NaN),
          tags: { delay: String(steps) },
        }),
      ),
    );
  },
};
