// How much one target may ask for. Each limit is generous for a dashboard and small for a machine.

/** Points of one computed series: a year at half a minute. */
export const SERIES_POINTS_MAX = 1_100_000;

/** Shortest text of a limit that was passed, for the answer. */
export function tooManyPoints(points: number): string {
  return `A series of ${points} points was asked for; ${SERIES_POINTS_MAX} are allowed. Use a longer step or a shorter time.`;
}
