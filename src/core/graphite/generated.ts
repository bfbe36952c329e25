// Series that are computed from the time alone.

import { bad, good, type Result } from '../base/result.ts';
import { computed } from './change.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from './limits.ts';
import type { RenderContext } from './render-function.ts';
import type { Series } from './series.ts';

/** `valueAt` each `step` seconds of the graph, its end not included. */
export function generated(
  text: { readonly name: string; readonly pathExpression?: string },
  step: number,
  context: RenderContext,
  valueAt: (timeS: number) => number,
): Result<readonly Series[]> {
  if (step < 1) return bad(`A step must be at least a second, not ${step}`);
  const count = Math.ceil((context.untilS - context.fromS) / step);
  if (count > SERIES_POINTS_MAX) return bad(tooManyPoints(count));
  const values = Float64Array.from({ length: count }, (_, index) =>
    valueAt(context.fromS + index * step),
  );
  const times = { start: context.fromS, end: context.untilS, step };
  return good([computed({ ...text, ...times, values, xFilesFactor: context.xFilesFactor })]);
}
