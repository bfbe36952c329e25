// Reading a stretch of time: from the finest archive that reaches back to its start.
//
//   from |-----------------| until        the window is (from, until]: the slot that holds `from` is
//        :  .  .  .  .  .  :  .           left out, the one that holds `until` is in
//           ^ start           ^ end

import { bad, good, type Result } from '../base/result.ts';
import { POINT_BYTES, viewOf, type Archive } from './format.ts';
import type { Whisper } from './open.ts';
import { readBase, readSlots, slotOf } from './slots.ts';

/** Seconds since 1970; the time of values[i] is start + i * step, `end` not included; NaN is a gap. */
export interface Slots {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
  /**
   * Indexes of slots that hold a value which is no number, as infinity and minus infinity leave it together.
   * In `values` they look like gaps; absent when there are none.
   */
  readonly storedNans?: readonly number[];
}

/**
 * Null when the window lies wholly in the future or beyond the retention. With `secondsPerPoint`, the archive
 * of exactly that precision answers.
 */
export function fetchSlots(
  whisper: Whisper,
  fromAsked: number,
  untilAsked: number,
  now: number,
  secondsPerPoint: number | null = null,
): Result<Slots | null> {
  const { archives, maxRetentionS } = whisper.header;
  if (fromAsked > untilAsked)
    return bad(
      `Invalid time interval: from time '${fromAsked}' is after until time '${untilAsked}'`,
    );
  const oldest = now - maxRetentionS;
  if (fromAsked > now || untilAsked < oldest) return good(null);
  const from = Math.max(fromAsked, oldest);
  const until = Math.min(untilAsked, now);

  const archive = archives.find((archive) =>
    secondsPerPoint === null
      ? archive.retentionS >= now - from
      : archive.secondsPerPoint === secondsPerPoint,
  );
  if (!archive) return bad(`Invalid granularity: ${secondsPerPoint ?? now - from}`);
  return fetchFromArchive(whisper, archive, from, until);
}

/** The window (from, until] of one archive, whatever its retention. */
export function fetchFromArchive(
  whisper: Whisper,
  archive: Archive,
  from: number,
  until: number,
): Result<Slots> {
  const step = archive.secondsPerPoint;
  const start = slotOf(from, step) + step;
  let end = slotOf(until, step) + step;
  if (end === start) end += step;
  const count = (end - start) / step;
  const values = new Float64Array(count).fill(NaN);
  const slots = { start, end, step, values };

  const base = readBase(whisper, archive);
  if (!base.ok) return base;
  if (base.value === 0) return good(slots);
  // The ring holds no more than its number of points: what lies before them is a gap.
  const readCount = Math.min(count, archive.points);
  const skipped = count - readCount;
  const points = readSlots(whisper, archive, base.value, start + skipped * step, readCount);
  if (!points.ok) return points;
  const view = viewOf(points.value);
  const storedNans: number[] = [];
  for (let i = 0; i < readCount; i++) {
    const slot = start + (skipped + i) * step;
    if (view.getUint32(i * POINT_BYTES) !== slot) continue;
    const value = view.getFloat64(i * POINT_BYTES + 4);
    values[skipped + i] = value;
    if (Number.isNaN(value)) storedNans.push(skipped + i);
  }
  return good(storedNans.length === 0 ? slots : { ...slots, storedNans });
}
