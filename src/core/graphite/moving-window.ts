// What all moving functions share: a value computed from the points before each point.
//
//   window of 3:   1 2 3 4 5
//                  └───┘        -> at 3
//                    └───┘      -> at 4

import { aggregationNamed, countKnown, enoughKnown } from './aggregation.ts';
import { wrapped } from './change.ts';
import { readWindow, type Window } from './interval-argument.ts';
import { isSummed, movingSums } from './moving-sums.ts';
import type { CallExpression } from './expression.ts';
import { done, refused, type Call, type Outcome, type Param } from './render-function.ts';
import type { Series } from './series.ts';

export const WINDOW_SIZE: Param = {
  name: 'windowSize',
  type: 'intOrInterval',
  isRequired: true,
  suggestions: [5, 7, 10, '1min', '5min', '10min', '30min', '1hour'],
};

/** Values that one call may read in all its windows together: a second or two of work. */
export const WINDOW_WORK_MAX = 300_000_000;

/** Values that are only added up take so much less time. */
const SUMMED_QUICKER = 4;

/** How far the window reaches back, in seconds; null when there are no series. */
export function windowS({ args }: Call, { seconds, points }: Window): number | null {
  if (seconds !== null) return seconds;
  const steps = args.list('seriesList').map((series) => series.step);
  return steps.length === 0 ? null : Math.max(...steps) * (points ?? 0);
}

/** A window in points needs the step of the series before it knows how far it reaches back. */
export function isWindowOfTime({ args }: CallExpression): boolean {
  return args[1]?.kind === 'text';
}

/**
 * Series "moving<Func>(name,window)". The first argument is fetched again from one window earlier, so
 * that the first point of the graph has a whole window behind it. The window ends with the point itself.
 */
export function runMovingWindow(call: Call, func: string): Outcome {
  const { args, context } = call;
  const combine = aggregationNamed(func);
  if (!combine) return refused(`Unsupported aggregation function: ${func}`);
  const window = readWindow(args.optional('windowSize'));
  if (!window.ok) return refused(window.why);

  const previewS = windowS(call, window.value);
  if (previewS === null) return done([]);
  if (previewS < 0) return refused(`A window of ${window.value.text} points reaches nowhere`);
  const earlier = call.again(context.fromS - previewS, context.untilS);
  if (earlier.kind !== 'done') return earlier;
  const word = `moving${func.charAt(0).toUpperCase()}${func.slice(1).toLowerCase()}`;
  const ownShare = args.optionalNumber('xFilesFactor');
  const work = earlier.series.reduce(
    (total, series) =>
      total + series.values.length * (window.value.points ?? previewS / series.step),
    0,
  );
  if (work > WINDOW_WORK_MAX * (isSummed(func) ? SUMMED_QUICKER : 1))
    return refused(
      `${word} over ${window.value.text} would read ${Math.round(work)} values; ${WINDOW_WORK_MAX} are allowed. Use a shorter window or a shorter time`,
    );

  return done(
    earlier.series.map((series) => {
      const points = window.value.points ?? Math.floor(previewS / series.step);
      const share = ownShare ?? series.xFilesFactor;
      return wrapped(series, `${word}(${series.name},${window.value.text})`, {
        start: series.start + previewS,
        values:
          movingSums(func, series.values, points, share) ??
          movedOver(series, points, (part) =>
            enoughKnown(countKnown(part), points, share) ? combine(part) : NaN,
          ),
        whole: false,
        tags: { [word]: window.value.tag },
      });
    }),
  );
}

function movedOver(
  series: Series,
  points: number,
  combine: (part: Float64Array) => number,
): Float64Array {
  const values = new Float64Array(Math.max(0, series.values.length - points));
  for (let index = 0; index < values.length; index++)
    values[index] = combine(series.values.subarray(index + 1, index + 1 + points));
  return values;
}
