// percentileOfSeries(a.*,95): one series, the 95th percentile of every row.

import { formatG } from '../../base/number.ts';
import { computed } from '../change.ts';
import { mapRows, normalize } from '../normalize.ts';
import { percentile } from '../percentile.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const percentileOfSeries: RenderFunction = {
  group: 'Combine',
  description:
    'One series of all: at each point the value below which the given percentage of the values lie.',
  example: 'percentileOfSeries(clinic.*.*,50)',
  traps: ['It takes the values of one moment over all series, not those of one series over time.'],
  params: [
    SERIES_LIST,
    { name: 'n', type: 'float', isRequired: true },
    { name: 'interpolate', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run({ args, context }) {
    const percent = args.number('n');
    if (percent <= 0) return refused('The requested percent is required to be greater than 0');
    const grid = normalize(args.list('seriesList'));
    const [first] = grid?.series ?? [];
    if (!grid || !first) return done([]);
    return done([
      computed({
        name: `percentileOfSeries(${first.pathExpression},${formatG(percent)})`,
        start: grid.start,
        end: grid.end,
        step: grid.step,
        values: mapRows(grid, (row) => percentile(row, percent, args.flag('interpolate'))),
        xFilesFactor: context.xFilesFactor,
      }),
    ]);
  },
};
