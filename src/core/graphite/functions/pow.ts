// pow(a.b.c,2): every value to the power of 2.

import { formatG, pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { power } from '../power.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const pow: RenderFunction = {
  group: 'Transform',
  description:
    'Raises every value to a power. What has no result, or one too large for a number, becomes a gap.',
  example: 'pow(clinic.web1.wait,2)',
  params: [SERIES_LIST, { name: 'factor', type: 'float', isRequired: true }],
  run({ args }) {
    const factor = args.number('factor');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `pow(${series.name},${formatG(factor)})`, {
          values: mapKnown(series.values, (value) => power(value, factor)),
          whole: false,
          tags: { pow: pythonNumber(factor) },
        }),
      ),
    );
  },
};
