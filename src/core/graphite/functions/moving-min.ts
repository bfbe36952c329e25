// movingMin(a.b.c,10): the smallest of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingMin: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, the smallest of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingMin(clinic.web1.wait,10)',
  params: [SERIES_LIST, WINDOW_SIZE, { name: 'xFilesFactor', type: 'float' }],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, 'min'),
};
