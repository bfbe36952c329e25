// round(a.b.c,2): two places after the point.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { pythonRound } from '../rounding.ts';

export const round: RenderFunction = {
  group: 'Transform',
  description:
    'Rounds every value to so many places after the point; a value in the middle goes to the even neighbour.',
  example: 'round(scale(clinic.web1.visits,0.1),1)',
  params: [SERIES_LIST, { name: 'precision', type: 'integer' }],
  run({ args }) {
    const precision = args.optionalNumber('precision');
    const suffix = precision === null ? '' : `,${precision}`;
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `round(${series.name}${suffix})`, {
          values: mapKnown(series.values, (value) => pythonRound(value, precision ?? 0)),
          tags: { round: String(precision ?? 0) },
        }),
      ),
    );
  },
};
