// Reading a stretch of time: from the finest archive that reaches back to its start.
//
//   from |-----------------| until        the window is (from, until]: the slot that holds `from` is
//        :  .  .  .  .  .  :  .           left out, the one that holds `until` is in
//           ^ start           ^ end

import { assert } from '../base/assert.ts';
import { bad, good, type Result } from '../base/result.ts';
import { POINT_BYTES, viewOf, type Archive } from './format.ts';
import type { Whisper } from './open.ts';
import type { TimedValue } from './point.ts';
import { readBase, readSlots, slotOf, SLOTS_READ_MAX } from './slots.ts';

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
 * A long window is read in pieces, one after the other into the same room: memory that the system has to give first costs
 * more than the bytes that are read into it.
 */
const SLOTS_PER_READ = 4096;

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

  if (secondsPerPoint !== null) {
    const selected = archives.find((archive) => archive.secondsPerPoint === secondsPerPoint);
    return selected
      ? fetchFromArchive(whisper, selected, from, until)
      : bad(`Invalid granularity: ${secondsPerPoint}`);
  }
  const archive = archiveFor(archives, now - from);
  // Only a file whose header promises more than its archives hold has a window that begins before them.
  const reached = Math.max(from, now - archive.retentionS);
  return fetchFromArchive(whisper, archive, Math.min(reached, until), until);
}

/** The finest archive that reaches so far back, and where none does the last one, as in whisper. */
export function archiveFor(archives: readonly Archive[], ageS: number): Archive {
  const last = archives.at(-1);
  assert(last !== undefined, 'a header that was read has an archive');
  return archives.find((archive) => archive.retentionS >= ageS) ?? last;
}

/**
 * The window (from, until] of one archive, whatever its retention. Room is made for no more slots than
 * `SLOTS_READ_MAX`, and for no more than the file can hold unless the caller asks beyond the archive.
 */
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
  // Beyond 2^53 seconds, where only a broken header reaches, not even the division comes out even.
  if (count > SLOTS_READ_MAX || !Number.isInteger(count))
    return bad(
      `From ${from} until ${until} there are ${count} slots of ${step} s, and one fetch takes ${SLOTS_READ_MAX}: ask for a shorter window (${whisper.path})`,
    );
  const base = readBase(whisper, archive);
  if (!base.ok) return base;
  // The ring holds no more than its number of points: what lies before them is a gap.
  const readCount = Math.min(count, archive.points);
  // In a file that was cut, the number of points says nothing about what is there.
  if (readCount * POINT_BYTES > whisper.file.sizeBytes())
    return bad(`Unable to read datapoints (${whisper.path})`);
  const values = new Float64Array(count).fill(NaN);
  const slots = { start, end, step, values };
  if (base.value === 0) return good(slots);
  const skipped = count - readCount;
  const storedNans: number[] = [];
  const isLong = readCount > SLOTS_PER_READ;
  const room = isLong ? new Uint8Array(SLOTS_PER_READ * POINT_BYTES) : undefined;
  for (let done = skipped; done < count; done += SLOTS_PER_READ) {
    const first = start + done * step;
    const length = Math.min(SLOTS_PER_READ, count - done);
    const points = readSlots(whisper, archive, base.value, first, length, room);
    if (!points.ok) return points;
    const view = viewOf(points.value);
    for (let i = 0; i < length; i++) {
      if (view.getUint32(i * POINT_BYTES) !== first + i * step) continue;
      const value = view.getFloat64(i * POINT_BYTES + 4);
      values[done + i] = value;
      if (Number.isNaN(value)) storedNans.push(done + i);
    }
  }
  return good(storedNans.length === 0 ? slots : { ...slots, storedNans });
}

/** The values with null for a gap, so that a stored NaN stays apart from one. */
export function valuesOf({ values, storedNans = [] }: Slots): readonly (number | null)[] {
  const stored = new Set(storedNans);
  return Array.from(values, (value, at) => (Number.isNaN(value) && !stored.has(at) ? null : value));
}

/** What is known of the window, oldest first. */
export function knownPoints(slots: Slots): readonly TimedValue[] {
  const points: TimedValue[] = [];
  for (const [at, value] of valuesOf(slots).entries())
    if (value !== null) points.push({ time: slots.start + at * slots.step, value });
  return points;
}
