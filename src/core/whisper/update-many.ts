// Writing a batch: what the cache holds of one metric, in one go.
//
//   points, newest first   | age 2 s | 7 s | 90 s | 400 s | 9000 s |
//                          '-- archive 0 --'-- archive 1 --'  too old for the file
//
// Each archive gets the points that no finer one reaches back to, runs of neighbouring slots in one write,
// and is carried upwards before the next archive is touched.

import { partOf } from '../base/bytes.ts';
import { good, type Result } from '../base/result.ts';
import { POINT_BYTES, type Archive } from './format.ts';
import type { Whisper } from './open.ts';
import type { TimedValue } from './point.ts';
import { propagate } from './propagate.ts';
import { fitsInSlot, putPoint, readBase, slotOf, writeSlots } from './slots.ts';

/** What became of a batch. Whisper says none of it. */
export interface Written {
  /** Points that no archive reaches back to: they are dropped. */
  readonly tooOld: number;
  /** Points whose slot another point of the batch took, a later one. */
  readonly overwritten: number;
  /** Coarse slots that were not written, because too few of their fine slots are known. */
  readonly refused: number;
}

/** Points may come in any order; of several for one slot the latest counts, of equal times the first. */
export function updateMany(
  whisper: Whisper,
  points: readonly TimedValue[],
  now: number,
): Result<Written> {
  const newestFirst = points.filter((point) => fitsInSlot(point.time));
  // A stack that keeps up writes one point at a time.
  if (newestFirst.length > 1) newestFirst.sort((a, b) => b.time - a.time);
  let done = 0;
  let overwritten = 0;
  let refused = 0;
  for (const archive of whisper.header.archives) {
    let end = done;
    while (end < newestFirst.length && now - (newestFirst[end]?.time ?? 0) <= archive.retentionS)
      end++;
    if (end === done) continue;
    const written = writeToArchive(whisper, archive, newestFirst.slice(done, end).reverse());
    if (!written.ok) return written;
    overwritten += written.value.overwritten;
    refused += written.value.refused;
    done = end;
  }
  return good({ tooOld: points.length - done, overwritten, refused });
}

/** Writes points into this archive, whatever their age, and carries them upwards. */
export function writeToArchive(
  whisper: Whisper,
  archive: Archive,
  oldestFirst: readonly TimedValue[],
): Result<Omit<Written, 'tooOld'>> {
  const slots = placeInArchive(whisper, archive, oldestFirst);
  if (!slots.ok) return slots;
  const refused = carryUp(whisper, archive, oldestFirst);
  if (!refused.ok) return refused;
  return good({ overwritten: oldestFirst.length - slots.value, refused: refused.value });
}

/** Writes points into this archive alone, and says how many slots they took: the coarser ones stay as they are. */
export function placeInArchive(
  whisper: Whisper,
  archive: Archive,
  oldestFirst: readonly TimedValue[],
): Result<number> {
  const runs = runsOf(archive.secondsPerPoint, oldestFirst);
  const stored = readBase(whisper, archive);
  if (!stored.ok) return stored;
  const base = stored.value === 0 ? (runs[0]?.slot ?? 0) : stored.value;
  let slots = 0;
  for (const run of runs) {
    const written = writeSlots(whisper, archive, base, run.slot, run.bytes);
    if (!written.ok) return written;
    slots += run.bytes.length / POINT_BYTES;
  }
  return good(slots);
}

interface Run {
  readonly slot: number;
  readonly bytes: Uint8Array;
}

/** Neighbouring slots packed into one stretch of bytes; the last of several points in a slot wins. */
function runsOf(step: number, oldestFirst: readonly TimedValue[]): readonly Run[] {
  const buffer = new Uint8Array(oldestFirst.length * POINT_BYTES);
  const runs: Run[] = [];
  let start = 0;
  let end = 0;
  let runSlot = 0;
  let previous = -1;
  for (const { time, value } of oldestFirst) {
    const slot = slotOf(time, step);
    if (slot === previous) end -= POINT_BYTES;
    else if (slot !== previous + step || end === start) {
      if (end > start) runs.push({ slot: runSlot, bytes: partOf(buffer, start, end) });
      start = end;
      runSlot = slot;
    }
    putPoint(buffer, end, slot, value);
    end += POINT_BYTES;
    previous = slot;
  }
  if (end > start) runs.push({ slot: runSlot, bytes: partOf(buffer, start, end) });
  return runs;
}

// Whisper walks a Python set here, whose order decides which coarse slot is written first into an empty
// archive. We go in order of time; what a fetch returns is the same.
function carryUp(
  whisper: Whisper,
  archive: Archive,
  oldestFirst: readonly TimedValue[],
): Result<number> {
  const times = oldestFirst.map(({ time }) => time);
  let finer = archive;
  let refused = 0;
  for (const coarser of whisper.header.archives) {
    if (coarser.secondsPerPoint <= archive.secondsPerPoint) continue;
    const carried = propagate(whisper, times, finer, coarser);
    if (!carried.ok) return carried;
    refused += carried.value.refused;
    if (carried.value.written === 0) break;
    finer = coarser;
  }
  return good(refused);
}
