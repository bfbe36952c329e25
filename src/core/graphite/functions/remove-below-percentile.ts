// removeBelowPercentile(a.b.c,95): values below the 95th percentile of the series become gaps.

import { formatG, pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { percentile } from '../percentile.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeBelowPercentile: RenderFunction = {
  group: 'Filter Data',
  description: 'Makes gaps of the values below a percentile of their own series.',
  example: 'removeBelowPercentile(clinic.web1.wait,50)',
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args }) {
    const percent = args.number('n');
    return done(
      args.list('seriesList').map((series) => {
        const limit = percentile(series.values, percent, false);
        return wrapped(series, `removeBelowPercentile(${series.name}, ${formatG(percent)})`, {
          values: mapKnown(series.values, (value) => (value < limit ? NaN : value)),
          tags: { nPercentile: pythonNumber(percent) },
        });
      }),
    );
  },
};
