// setXFilesFactor(a.*,0.5): a result needs half of the values behind it.

import { pythonNumber } from '../../base/number.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const setXFilesFactor: RenderFunction = {
  group: 'Special',
  description:
    'Says which share of values must be known where later functions, and fewer points than pixels, take several together: 0 is one of them at least, 1 all.',
  params: [SERIES_LIST, { name: 'xFilesFactor', type: 'float', isRequired: true }],
  run({ args }) {
    const share = args.number('xFilesFactor');
    return done(
      args.list('seriesList').map((series) => ({
        ...series,
        xFilesFactor: share,
        tags: { ...series.tags, xFilesFactor: pythonNumber(share) },
      })),
    );
  },
};
