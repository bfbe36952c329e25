// movingAverage(a.b.c,10): the mean of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingAverage: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, the mean of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingAverage(clinic.web1.wait,"10min")',
  traps: [
    'The window ends with the point itself, so the line comes later than what it shows.',
    "A number is counted in points, a text like '10min' in time.",
  ],
  params: [SERIES_LIST, WINDOW_SIZE, { name: 'xFilesFactor', type: 'float' }],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, 'average'),
};
