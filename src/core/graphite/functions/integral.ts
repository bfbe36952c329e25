// integral(a.b.c): the sum of all values so far.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const integral: RenderFunction = {
  group: 'Transform',
  description: 'Adds up the values as time goes on; a gap stays a gap and adds nothing.',
  example: 'integral(clinic.web1.visits)',
  traps: ['It begins at 0 where the graph begins: another time range gives another sum.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => {
        let total = 0;
        const values = series.values.map((value) => (Number.isNaN(value) ? NaN : (total += value)));
        return wrapped(series, `integral(${series.name})`, { values, tags: { integral: '1' } });
      }),
    ),
};
