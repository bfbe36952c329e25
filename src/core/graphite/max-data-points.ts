// Series made to fit a graph: no more points than it has pixels.

import { consolidated, keepsWholeWhenConsolidated } from './consolidate.ts';
import type { Series } from './series.ts';

/** The series with at most about `pointsMax` points each, over the time that all of them span. */
export function fitToPoints(all: readonly Series[], pointsMax: number): readonly Series[] {
  if (all.length === 0) return all;
  const start = Math.min(...all.map((series) => series.start));
  const end = Math.max(...all.map((series) => series.end));
  return all.map((series) =>
    pointsMax <= 1 ? toOnePoint(series) : fitOne(series, end - start, pointsMax),
  );
}

function toOnePoint(series: Series): Series {
  const perPoint = series.values.length;
  return withFewer(series, series.start, perPoint, consolidated(series, perPoint));
}

// The first bucket begins at a multiple of the new step, so that it does not change its borders each
// time the graph moves on by one point; what lies before that is dropped.
function fitOne(series: Series, rangeS: number, pointsMax: number): Series {
  const points = rangeS / series.step;
  if (pointsMax >= points) return series;
  const perPoint = Math.ceil(points / pointsMax);
  const step = perPoint * series.step;
  const nudge = step + (series.start % series.step) - (series.start % step);
  const dropped = Math.max(0, Math.floor(nudge / series.step) - 1);
  const rest = { ...series, values: series.values.subarray(dropped) };
  return withFewer(series, series.start + nudge, perPoint, consolidated(rest, perPoint));
}

function withFewer(series: Series, start: number, perPoint: number, values: Float64Array): Series {
  const whole = series.whole && (perPoint <= 1 || keepsWholeWhenConsolidated(series.consolidation));
  return { ...series, start, step: series.step * Math.max(1, perPoint), values, whole };
}
