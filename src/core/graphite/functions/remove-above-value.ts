// removeAboveValue(a.b.c,5): values above 5 become gaps.

import { formatG } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeAboveValue: RenderFunction = {
  group: 'Filter Data',
  description: 'Makes gaps of the values above the given number; equal values stay.',
  example: 'removeAboveValue(clinic.web1.wait,20)',
  traps: ['What is taken out becomes a gap. It is not made smaller.'],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args }) {
    const limit = args.number('n');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `removeAboveValue(${series.name}, ${formatG(limit)})`, {
          values: mapKnown(series.values, (value) => (value > limit ? NaN : value)),
        }),
      ),
    );
  },
};
