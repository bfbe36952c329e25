// add(a.b.c,10) adds 10 to every value, as offset does.

import { pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const add: RenderFunction = {
  group: 'Transform',
  description: 'Adds a number to every value. Its name shows the number without a fraction.',
  example: 'add(clinic.web1.visits,10)',
  traps: ['With None as the number there is no result at all.'],
  params: [SERIES_LIST, { name: 'constant', type: 'float', isRequired: true }],
  run({ args }) {
    const constant = args.number('constant');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `add(${series.name},${Math.trunc(constant)})`, {
          values: mapKnown(series.values, (value) => value + constant),
          whole: false,
          tags: { add: pythonNumber(constant) },
        }),
      ),
    );
  },
};
