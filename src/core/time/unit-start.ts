// The beginning of the year, month, week, day, hour, minute or second in which a time lies.

import { bad, good, type Result } from '../base/result.ts';
import { DAY_S, dateOf, daysSince1970, weekdayOf } from './calendar.ts';
import { fromWall, type OffsetAt } from './zone.ts';

/**
 * `unit` is known by its first letters, as in an interval; "weeks" begin on Monday, "weeks7" on Sunday
 * and so on. Seconds since 1970, on the wall clock of `offsetAt`.
 */
export function startOfUnit(unit: string, timeS: number, offsetAt: OffsetAt): Result<number> {
  const wallS = Math.floor(timeS + offsetAt(timeS));
  const start = startOnWall(unit, wallS);
  return start === null ? bad(`Invalid offset unit '${unit}'`) : good(fromWall(start, offsetAt));
}

function startOnWall(unit: string, wallS: number): number | null {
  const days = Math.floor(wallS / DAY_S);
  const date = dateOf(days);
  if (unit.startsWith('s')) return wallS;
  if (unit.startsWith('min')) return wallS - (wallS % 60);
  if (unit.startsWith('h')) return wallS - (wallS % 3600);
  if (unit.startsWith('d')) return days * DAY_S;
  if (unit.startsWith('w')) {
    const first = Number(/\d$/.exec(unit)?.[0] ?? '1');
    return (days - ((weekdayOf(days) - first + 14) % 7)) * DAY_S;
  }
  if (unit.startsWith('mon')) return daysSince1970({ ...date, day: 1 }) * DAY_S;
  if (unit.startsWith('y')) return daysSince1970({ ...date, month: 1, day: 1 }) * DAY_S;
  return null;
}
