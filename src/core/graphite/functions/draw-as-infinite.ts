// drawAsInfinite(a.b.c): a vertical line wherever the value is not 0.

import { drawn, renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const drawAsInfinite: RenderFunction = {
  group: 'Graph',
  description:
    'Draws a vertical line in pictures wherever the value is not 0: good for events such as releases. It does not change the values.',
  example: 'drawAsInfinite(removeBelowValue(clinic.web1.wait,20))',
  traps: ['Each value that is not 0 becomes a line over the whole height.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        renamed(drawn(series, { drawAsInfinite: true }), `drawAsInfinite(${series.name})`, {
          tags: { drawAsInfinite: '1' },
        }),
      ),
    ),
};
