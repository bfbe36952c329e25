// powSeries(a,b): values of a to the power of those of b.

import { computed } from '../change.ts';
import { mapRows, normalize } from '../normalize.ts';
import { power } from '../power.ts';
import { done, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const powSeries: RenderFunction = {
  group: 'Combine',
  description:
    'Raises the first series to the power of the second, the result to that of the third, and so on; one gap makes the result a gap.',
  example: 'powSeries(clinic.web1.wait,constantLine(2))',
  traps: ['The second series has three points only; at all others the result is a gap.'],
  params: [SERIES_LISTS],
  isAggregator: true,
  run({ args, context }) {
    const grid = normalize(args.list('seriesLists'));
    if (!grid) return done([]);
    return done([
      computed({
        name: `powSeries(${grid.series.map((series) => series.name).join(',')})`,
        start: grid.start,
        end: grid.end,
        step: grid.step,
        values: mapRows(grid, (row) => row.reduce(powerOrGap)),
        xFilesFactor: context.xFilesFactor,
      }),
    ]);
  },
};

// In JavaScript a gap to the power of 0 would be 1.
function powerOrGap(base: number, exponent: number): number {
  return Number.isNaN(base) ? NaN : power(base, exponent);
}
