// movingMax(a.b.c,10): the largest of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingMax: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, the largest of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingMax(clinic.web1.wait,10)',
  params: [SERIES_LIST, WINDOW_SIZE, { name: 'xFilesFactor', type: 'float' }],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, 'max'),
};
