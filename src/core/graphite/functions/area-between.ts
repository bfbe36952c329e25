// areaBetween(a.{min,max}): two series as one area.

import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const EXACTLY_TWO = 'areaBetween series argument must reference *exactly* 2 series';

export const areaBetween: RenderFunction = {
  group: 'Graph',
  description:
    'Two series as the lower and the upper edge of one area, such as the least and the largest value. It wants exactly two; in data they are two series of one name.',
  params: [SERIES_LIST],
  run({ args }) {
    const list = args.list('seriesList');
    const upper = list[1];
    if (list.length !== 2 || !upper) return refused(EXACTLY_TWO);
    const name = `areaBetween(${upper.pathExpression})`;
    const tags = { ...upper.tags, areaBetween: '1' };
    return done(list.map((series) => ({ ...series, name, tags })));
  },
};
