// secondYAxis(a.b.c) puts the series on the right axis of a picture.

import { drawn, renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const secondYAxis: RenderFunction = {
  group: 'Graph',
  description: 'Marks a series for the right axis of pictures. It does not change the values.',
  example: 'group(clinic.web1.visits,secondYAxis(clinic.web1.bytes))',
  traps: ['Two axes make any two lines look alike. Say in the title which belongs to which.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        renamed(drawn(series, { secondYAxis: true }), `secondYAxis(${series.name})`, {
          tags: { secondYAxis: '1' },
        }),
      ),
    ),
};
