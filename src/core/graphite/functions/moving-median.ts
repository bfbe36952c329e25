// movingMedian(a.b.c,10): the median of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingMedian: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, the median of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingMedian(clinic.web1.wait,10)',
  traps: ['One outlier does not move it, where it would move an average.'],
  params: [SERIES_LIST, WINDOW_SIZE, { name: 'xFilesFactor', type: 'float' }],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, 'median'),
};
