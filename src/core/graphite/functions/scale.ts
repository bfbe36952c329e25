// scale(a.b.c,8) multiplies: bytes to bits.

import { formatG, pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const scale: RenderFunction = {
  group: 'Transform',
  description: 'Multiplies every value by a number: scale(x,8) turns bytes into bits.',
  example: 'scale(clinic.web1.visits,0.5)',
  params: [SERIES_LIST, { name: 'factor', type: 'float', isRequired: true }],
  run({ args }) {
    const factor = args.number('factor');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `scale(${series.name},${formatG(factor)})`, {
          values: mapKnown(series.values, (value) => value * factor),
          whole: false,
          tags: { scale: pythonNumber(factor) },
        }),
      ),
    );
  },
};
