// offset(a.b.c,10) adds 10 to every value.

import { formatG, pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const offset: RenderFunction = {
  group: 'Transform',
  description: 'Adds a number to every value; a negative one takes away.',
  example: 'offset(clinic.web1.visits,-20)',
  params: [SERIES_LIST, { name: 'factor', type: 'float', isRequired: true }],
  run({ args }) {
    const factor = args.number('factor');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `offset(${series.name},${formatG(factor)})`, {
          values: mapKnown(series.values, (value) => value + factor),
          whole: false,
          tags: { offset: pythonNumber(factor) },
        }),
      ),
    );
  },
};
