// scaleToSeconds(a.b.c,1): values for a step become values for a second.

import { pythonNumber } from '../../base/number.ts';
import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { pythonRound } from '../rounding.ts';

/** Places after the point that graphite-web keeps. */
const DIGITS = 6;

export const scaleToSeconds: RenderFunction = {
  group: 'Transform',
  description:
    'Turns amounts for a step into amounts for so many seconds: what counts in StatsD need to become rates.',
  example: 'scaleToSeconds(clinic.web1.visits,1)',
  traps: ['It divides by the step. What is a rate already must not be scaled again.'],
  params: [SERIES_LIST, { name: 'seconds', type: 'float', isRequired: true }],
  run({ args }) {
    const seconds = args.number('seconds');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `scaleToSeconds(${series.name},${Math.trunc(seconds)})`, {
          values: mapKnown(series.values, (value) =>
            pythonRound(value * (seconds / series.step), DIGITS),
          ),
          whole: false,
          tags: { scaleToSeconds: pythonNumber(seconds) },
        }),
      ),
    );
  },
};
