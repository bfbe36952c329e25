// removeBetweenPercentile(web.*,90): series that at some moment are among the highest or lowest tenth.

import { percentile } from '../percentile.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeBetweenPercentile: RenderFunction = {
  group: 'Filter Series',
  description:
    'Leaves out the series whose values lie between two percentiles of all series at every moment: who always swims along. For n below 50 it is 100 - n.',
  params: [SERIES_LIST, { name: 'n', type: 'integer', isRequired: true }],
  run({ args }) {
    const list = args.list('seriesList');
    const given = args.number('n');
    const n = given < 50 ? 100 - given : given;
    const count = Math.min(...list.map(({ values }) => values.length));
    const rows = Array.from({ length: list.length === 0 ? 0 : count }, (_, i) =>
      Float64Array.from(list, ({ values }) => values[i] ?? NaN),
    );
    const low = rows.map((row) => percentile(row, 100 - n, false));
    const high = rows.map((row) => percentile(row, n, false));
    return done(
      list.filter(({ values }) =>
        rows.some((_, i) => {
          const value = values[i] ?? NaN;
          // The real program fails at a gap; here a gap says nothing.
          return !Number.isNaN(value) && !((low[i] ?? NaN) < value && value < (high[i] ?? NaN));
        }),
      ),
    );
  },
};
