// perSecond(a.b.c): the growth of a counter, divided by the seconds it took.

import { wrapped } from '../change.ts';
import { growth } from '../delta.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { pythonRound } from '../rounding.ts';

/** Places after the point that graphite-web keeps. */
const DIGITS = 6;

export const perSecond: RenderFunction = {
  group: 'Transform',
  description:
    'The growth of a counter in a second: what a counter of bytes or requests is usually shown with. Where the counter went back there is a gap.',
  example: 'perSecond(clinic.web1.bytes)',
  traps: [
    "It is for counters that only rise. StatsD's .rate is per second already.",
    'Where a counter begins anew there is one gap.',
  ],
  params: [SERIES_LIST, { name: 'maxValue', type: 'float' }, { name: 'minValue', type: 'float' }],
  run({ args }) {
    const limits = {
      largest: args.optionalNumber('maxValue'),
      smallest: args.optionalNumber('minValue'),
    };
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `perSecond(${series.name})`, {
          values: growth(series.values, limits).map((grown) =>
            pythonRound(grown / series.step, DIGITS),
          ),
          whole: false,
          tags: { perSecond: '1' },
        }),
      ),
    );
  },
};
