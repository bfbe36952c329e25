// lineWidth(a.b.c,3) says how a picture should draw the series.

import { drawn } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const lineWidth: RenderFunction = {
  group: 'Graph',
  description: 'How thick a line is in pictures. It does not change the data.',
  example: 'lineWidth(clinic.web1.visits,4)',
  params: [SERIES_LIST, { name: 'width', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => drawn(series, { lineWidth: args.number('width') })),
    ),
};
