// color(a.b.c,"red") says how a picture should draw the series.

import { drawn } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const color: RenderFunction = {
  group: 'Graph',
  description: 'Names a colour for pictures. It does not change the data.',
  example: 'color(clinic.web1.visits,"purple")',
  traps: ['It changes pictures of format=svg. A dashboard like Grafana has its own colours.'],
  params: [SERIES_LIST, { name: 'theColor', type: 'string', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').map((series) => drawn(series, { color: args.text('theColor') }))),
};
