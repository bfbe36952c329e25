// movingWindow(a.b.c,10,"median"): any aggregation of the last 10 points, at each point.

import { isWindowOfTime, runMovingWindow, WINDOW_SIZE } from '../moving-window.ts';
import { SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const movingWindow: RenderFunction = {
  group: 'Calculate',
  description:
    'At each point, an aggregation of the values in the window that ends there. The window is a number of points or a length of time.',
  example: 'movingWindow(clinic.web1.wait,10,"range")',
  params: [
    SERIES_LIST,
    WINDOW_SIZE,
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'average' } },
    { name: 'xFilesFactor', type: 'float' },
  ],
  readsOnlyAgain: isWindowOfTime,
  run: (call) => runMovingWindow(call, call.args.text('func')),
};
