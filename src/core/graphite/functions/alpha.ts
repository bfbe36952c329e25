// alpha(a.b.c,0.5) says how a picture should draw the series.

import { drawn } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const alpha: RenderFunction = {
  group: 'Graph',
  description:
    'How see-through a line or area is in pictures, from 0 to 1. It does not change the data.',
  example: 'alpha(clinic.*.visits,0.3)',
  traps: ['It changes pictures of format=svg. A dashboard like Grafana has its own setting.'],
  params: [SERIES_LIST, { name: 'alpha', type: 'float', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').map((series) => drawn(series, { alpha: args.number('alpha') }))),
};
