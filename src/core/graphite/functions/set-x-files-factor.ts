// setXFilesFactor(a.b.c,0.5): a bucket is a gap when less than half of its values are known.

import { pythonNumber } from '../../base/number.ts';
import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const setXFilesFactor: RenderFunction = {
  group: 'Special',
  description:
    'Sets the share of values that must be known where several are made one, from 0 (one is enough) to 1 (all). It holds for these series and for what the request computes after them.',
  example: 'sumSeries(setXFilesFactor(clinic.*.temperature,1))',
  traps: ['It holds for all that comes after it in the request, other targets as well.'],
  params: [SERIES_LIST, { name: 'xFilesFactor', type: 'float', isRequired: true }],
  run({ args, carried }) {
    const xFilesFactor = args.number('xFilesFactor');
    carried.xFilesFactor = xFilesFactor;
    const tags = { xFilesFactor: pythonNumber(xFilesFactor) };
    return done(
      args
        .list('seriesList')
        .map((series) => ({ ...renamed(series, series.name, { tags }), xFilesFactor })),
    );
  },
};
