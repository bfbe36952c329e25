// Wall clocks. A zone is one function, so that core needs no table of zones.

/** How far the wall clock is ahead of UTC at `epochS`, in seconds; New York in winter: -18000. */
export type OffsetAt = (epochS: number) => number;

export const utc: OffsetAt = () => 0;

const DAY_S = 86_400;

/**
 * Seconds since 1970 when the wall clock shows `wallS`. An hour that comes twice means its standard
 * time; an hour that is skipped in spring is read as standard time too, as pytz does.
 */
export function fromWall(wallS: number, offsetAt: OffsetAt): number {
  const before = offsetAt(wallS - DAY_S);
  const after = offsetAt(wallS + DAY_S);
  const standard = Math.min(before, after);
  const summer = Math.max(before, after);
  if (offsetAt(wallS - standard) === standard) return wallS - standard;
  if (offsetAt(wallS - summer) === summer) return wallS - summer;
  return wallS - standard;
}
