// areaBetween(group(low,high)): the area between two lines.

import { drawn, renamed } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

/** Nothing is seen of the area below the area. */
export const LOWER_END = { stacked: true, invisible: true } as const;

export const areaBetween: RenderFunction = {
  group: 'Graph',
  description:
    'Fills the area between two series in pictures, the lower one first. Both get the same name, so that the legend has one entry; the values do not change.',
  example: 'areaBetween(group(minSeries(clinic.*.visits),maxSeries(clinic.*.visits)))',
  traps: ['It takes exactly two series: the lower one first.'],
  params: [SERIES_LIST],
  run({ args }) {
    const list = args.list('seriesList');
    const upper = list[1];
    if (list.length !== 2 || !upper)
      return refused(`areaBetween needs exactly 2 series, and ${list.length} were given`);
    // Python's two share one set of tags: that of the upper one.
    const tags = { ...upper.tags, areaBetween: '1' };
    const name = `areaBetween(${upper.pathExpression})`;
    return done(
      list.map((series, i) =>
        drawn({ ...renamed(series, name), tags }, i === 0 ? LOWER_END : { stacked: true }),
      ),
    );
  },
};
