// Taking the points of one file over into a new, empty file with other archives: as whisper-resize does it.
//
// Every archive is read, the coarsest first, and its points are written like points that arrive now. So a coarse value
// goes into one slot of a fine archive, where it looks like a value of that fine slot, and what of several fine points
// falls into one coarser slot is only the last. `rollUpInto` of rollup-into.ts does better.

import { good, type Result } from '../base/result.ts';
import { fetchSlots, knownPoints } from './fetch.ts';
import type { Whisper } from './open.ts';
import type { TimedValue } from './point.ts';
import { updateMany } from './update-many.ts';

export function copyInto(from: Whisper, to: Whisper, now: number): Result<null> {
  const batches = readAll(from, now);
  if (!batches.ok) return batches;
  for (const points of batches.value) {
    const written = updateMany(to, points, now);
    if (!written.ok) return written;
  }
  return good(null);
}

function readAll(from: Whisper, now: number): Result<readonly (readonly TimedValue[])[]> {
  const batches: (readonly TimedValue[])[] = [];
  const coarsestFirst = from.header.archives.toSorted(
    (a, b) => b.secondsPerPoint - a.secondsPerPoint,
  );
  for (const { retentionS, secondsPerPoint } of coarsestFirst) {
    // The window is asked of the file, not of this archive: a finer one that reaches as far answers in its place.
    const slots = fetchSlots(from, now - retentionS + secondsPerPoint, now, now);
    if (!slots.ok) return slots;
    if (slots.value !== null) batches.push(knownPoints(slots.value));
  }
  return good(batches);
}
