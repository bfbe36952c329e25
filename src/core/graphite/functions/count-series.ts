// countSeries(a.*): how many series there are, at every point.

import { joinPathExpressions } from '../aggregate.ts';
import { computed } from '../change.ts';
import { mapRows, normalize } from '../normalize.ts';
import { done, type RenderFunction } from '../render-function.ts';
import { lineAt } from './constant-line.ts';

export const countSeries: RenderFunction = {
  group: 'Combine',
  description: 'The number of series, at every point; series count where they have gaps too.',
  example: 'countSeries(clinic.*.visits)',
  traps: ['Series are counted, not values: a gap counts too.'],
  params: [{ name: 'seriesLists', type: 'seriesLists', isMultiple: true }],
  isAggregator: true,
  run({ args, context }) {
    const lists = args.lists('seriesLists');
    if (lists.length === 0) {
      const line = lineAt(0, context);
      const text = { name: '0', pathExpression: 'countSeries()', tags: { name: '0' } };
      return done([{ ...line, ...text, whole: true }]);
    }
    const grid = normalize(lists.flat());
    if (!grid) return done([]);
    return done([
      computed({
        name: `countSeries(${joinPathExpressions(grid.series)})`,
        start: grid.start,
        end: grid.end,
        step: grid.step,
        values: mapRows(grid, (row) => row.length),
        whole: true,
        xFilesFactor: context.xFilesFactor,
      }),
    ]);
  },
};
