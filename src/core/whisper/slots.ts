// The points of one archive: a ring of slots, addressed by time.
//
//   slot of t = t - t % secondsPerPoint
//   index     = (slot - base) / secondsPerPoint, modulo the number of points
//
// `base` is the time stored in the first point of the archive; 0 means that the archive is empty, and the
// first write takes the first place. A point belongs to a slot only when the time stored in it is that of
// the slot: anything else is a leftover from an earlier turn of the ring.

import { partOf, putF64, putU32, u32At } from '../base/bytes.ts';
import { bad, good, type Result } from '../base/result.ts';
import { POINT_BYTES, U32_MAX, type Archive } from './format.ts';
import type { Whisper } from './open.ts';

/**
 * Slots that are read at once at most: a year of seconds. Files may claim 4 GiB, and a sparse one of that size costs
 * its maker nothing.
 */
export const SLOTS_READ_MAX = 1 << 25;

/** The start of the slot that holds `time`; `time` may be negative in a query. */
export function slotOf(time: number, secondsPerPoint: number): number {
  return time - modulo(time, secondsPerPoint);
}

/** Time in the first point of the archive, 0 when the archive is empty. */
export function readBase(whisper: Whisper, archive: Archive): Result<number> {
  const known = whisper.bases.get(archive.offsetBytes);
  if (known !== undefined) return good(known);
  const bytes = whisper.file.read(archive.offsetBytes, POINT_BYTES);
  if (bytes.length < POINT_BYTES) return bad(`Unable to read base datapoint (${whisper.path})`);
  const base = u32At(bytes, 0);
  whisper.bases.set(archive.offsetBytes, base);
  return good(base);
}

/**
 * `count` points as stored, from the slot `first` on; at most as many as the archive has. They may stand in `room`, see
 * `ByteFile.read`.
 */
export function readSlots(
  whisper: Whisper,
  archive: Archive,
  base: number,
  first: number,
  count: number,
  room?: Uint8Array,
): Result<Uint8Array> {
  if (count > SLOTS_READ_MAX)
    return bad(
      `${count} slots are more than one read takes, which is ${SLOTS_READ_MAX} (${whisper.path})`,
    );
  // Only in a broken file does a coarse slot hold more fine ones than there are.
  if (count > archive.points)
    return bad(`${count} slots are asked of an archive of ${archive.points} (${whisper.path})`);
  const index = base === 0 ? 0 : indexOf(archive, base, first);
  const beforeEnd = Math.min(count, archive.points - index);
  const at = archive.offsetBytes + index * POINT_BYTES;
  let bytes = whisper.file.read(at, beforeEnd * POINT_BYTES, room);
  if (beforeEnd < count) {
    const rest = whisper.file.read(archive.offsetBytes, (count - beforeEnd) * POINT_BYTES);
    const joined = new Uint8Array(bytes.length + rest.length);
    joined.set(bytes);
    joined.set(rest, bytes.length);
    bytes = joined;
  }
  if (bytes.length < count * POINT_BYTES) return bad(`Unable to read datapoints (${whisper.path})`);
  return good(bytes);
}

/** Writes the points in `bytes`, which are those of consecutive slots from `first` on. */
export function writeSlots(
  whisper: Whisper,
  archive: Archive,
  base: number,
  first: number,
  bytes: Uint8Array,
): Result<null> {
  let index = base === 0 ? 0 : indexOf(archive, base, first);
  if (!whisper.bases.get(archive.offsetBytes))
    whisper.bases.set(archive.offsetBytes, base === 0 ? first : base);
  let done = 0;
  while (done < bytes.length) {
    const length = Math.min(bytes.length - done, (archive.points - index) * POINT_BYTES);
    const at = archive.offsetBytes + index * POINT_BYTES;
    const written = whisper.file.write(at, partOf(bytes, done, done + length));
    if (!written.ok) return written;
    done += length;
    index = 0;
  }
  return good(null);
}

/** Writes one point, whose time is the start of its slot. */
export function writeSlot(
  whisper: Whisper,
  archive: Archive,
  base: number,
  slot: number,
  value: number,
): Result<null> {
  const bytes = new Uint8Array(POINT_BYTES);
  putPoint(bytes, 0, slot, value);
  return writeSlots(whisper, archive, base, slot, bytes);
}

/** Puts a point into `bytes`; `slot` is the start of its slot. */
export function putPoint(bytes: Uint8Array, at: number, slot: number, value: number): void {
  putU32(bytes, at, slot);
  putF64(bytes, at + 4, value);
}

/** Whether a time can be stored at all: whole seconds in a u32. */
export function fitsInSlot(time: number): boolean {
  return time >= 0 && time <= U32_MAX;
}

/** The place of a slot in its ring. Slots older than the base have one too: the remainder is never negative. */
export function indexOf(archive: Archive, base: number, slot: number): number {
  return modulo(Math.floor((slot - base) / archive.secondsPerPoint), archive.points);
}

function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}
