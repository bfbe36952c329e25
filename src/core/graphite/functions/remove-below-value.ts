// removeBelowValue(a.b.c,5): values below 5 become gaps.

import { formatG } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeBelowValue: RenderFunction = {
  group: 'Filter Data',
  description: 'Makes gaps of the values below the given number; equal values stay.',
  example: 'removeBelowValue(clinic.web1.visits,30)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args }) {
    const limit = args.number('n');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `removeBelowValue(${series.name}, ${formatG(limit)})`, {
          values: mapKnown(series.values, (value) => (value < limit ? NaN : value)),
        }),
      ),
    );
  },
};
