// exponentialMovingAverage(a.b.c,10): a mean in which older values count less and less.

import { average } from '../aggregation.ts';
import { wrapped } from '../change.ts';
import { readWindow } from '../interval-argument.ts';
import { isWindowOfTime, WINDOW_SIZE, windowS } from '../moving-window.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { pythonRound } from '../rounding.ts';

/** Places after the point that graphite-web keeps. */
const DIGITS = 6;

export const exponentialMovingAverage: RenderFunction = {
  group: 'Calculate',
  description:
    'A moving mean in which each value counts for 2 / (window + 1) and everything before it for the rest. It begins with the plain mean of a window before the graph.',
  example: 'exponentialMovingAverage(clinic.web1.wait,10)',
  traps: [
    "With a time like '10min' the weight is counted in seconds, as in graphite-web: the line is then much smoother than with as many points.",
  ],
  params: [SERIES_LIST, WINDOW_SIZE],
  readsOnlyAgain: isWindowOfTime,
  run(call) {
    const { args, context, again } = call;
    const window = readWindow(args.optional('windowSize'));
    if (!window.ok) return refused(window.why);
    const previewS = windowS(call, window.value);
    if (previewS === null) return done([]);
    const earlier = again(context.fromS - previewS, context.untilS);
    if (earlier.kind !== 'done') return earlier;
    // A window in time is measured in seconds here too, whatever the step: so graphite-web has it.
    const share = 2 / ((window.value.points ?? previewS) + 1);

    return done(
      earlier.series.map((series) => {
        const points = window.value.points ?? Math.floor(previewS / series.step);
        return wrapped(series, `exponentialMovingAverage(${series.name},${window.value.text})`, {
          start: series.start + previewS,
          values: smoothed(series.values, points, share),
          whole: false,
          tags: { exponentialMovingAverage: window.value.tag },
        });
      }),
    );
  },
};

// The first result is the mean of the first window, so there is one result more than there are values
// behind that window. A gap gives a gap and changes nothing.
function smoothed(values: Float64Array, points: number, share: number): Float64Array {
  const first = average(values.subarray(0, points));
  let mean = Number.isNaN(first) ? 0 : first;
  const rest = values.subarray(points);
  const result = new Float64Array(rest.length + 1);
  result[0] = pythonRound(mean, DIGITS);
  for (const [index, value] of rest.entries()) {
    if (!Number.isNaN(value)) mean = share * value + (1 - share) * mean;
    result[index + 1] = Number.isNaN(value) ? NaN : pythonRound(mean, DIGITS);
  }
  return result;
}
