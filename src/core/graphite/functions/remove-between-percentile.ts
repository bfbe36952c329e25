// removeBetweenPercentile(a.*,90): series that are among the highest or the lowest at some time.

import { percentile } from '../percentile.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const removeBetweenPercentile: RenderFunction = {
  group: 'Filter Series',
  description:
    'Keeps the series that at some time lie outside the middle of all: at or above the percentile, or at or below its counterpart. Gaps are passed over.',
  example: 'removeBetweenPercentile(clinic.*.*,30)',
  traps: ['It takes out series, not values.'],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args }) {
    const list = args.list('seriesList');
    const n = args.number('n');
    const high = n < 50 ? 100 - n : n;
    const length = Math.min(...list.map((series) => series.values.length));
    const limits = Array.from({ length: list.length === 0 ? 0 : length }, (_, at) => {
      const column = list.map((series) => series.values[at] ?? NaN);
      return {
        low: percentile(column, 100 - high, false),
        high: percentile(column, high, false),
      };
    });
    return done(
      list.filter((series) =>
        limits.some((limit, at) => {
          const value = series.values[at] ?? NaN;
          return value <= limit.low || value >= limit.high;
        }),
      ),
    );
  },
};
