// movingSum(a.b.c,10): the sum of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingSum: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, the sum of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingSum(clinic.web1.visits,10)',
  traps: ['Gaps count as nothing, so a window with gaps has a smaller sum.'],
  params: [SERIES_LIST, WINDOW_SIZE, { name: 'xFilesFactor', type: 'float' }],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, 'sum'),
};
