// Times with fractions, which wait in the cache where MIN_TIMESTAMP_RESOLUTION is 0. Files hold whole seconds.

import type { TimedValue } from '../whisper/point.ts';

/** Fractions cut off, in the order of time: of several points in one second the first counts, as in the real program. */
export function wholeSeconds(points: readonly TimedValue[]): readonly TimedValue[] {
  if (points.every(({ time }) => Number.isInteger(time))) return points;
  return points
    .toSorted((a, b) => a.time - b.time)
    .map(({ time, value }) => ({ time: Math.trunc(time), value }));
}
