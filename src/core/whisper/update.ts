// Writing one point: into the finest archive that reaches back to it, then upwards.

import { bad, good, type Result } from '../base/result.ts';
import type { Whisper } from './open.ts';
import { propagate } from './propagate.ts';
import { fitsInSlot, readBase, slotOf, writeSlot } from './slots.ts';

/**
 * Times in whole seconds. Refused when the point lies in the future, or as far back as the longest retention
 * or further.
 */
export function update(whisper: Whisper, time: number, value: number, now: number): Result<null> {
  const { archives, maxRetentionS } = whisper.header;
  const ageS = now - time;
  if (!(ageS >= 0 && ageS < maxRetentionS) || !fitsInSlot(time))
    return bad('Timestamp not covered by any archives in this database.');
  // An age equal to the retention counts as covered, although the slot is then the newest one's: so does
  // whisper, and files must agree.
  const index = archives.findIndex((archive) => archive.retentionS >= ageS);
  const archive = archives[index];
  if (!archive) return bad('Timestamp not covered by any archives in this database.');

  const slot = slotOf(time, archive.secondsPerPoint);
  const base = readBase(whisper, archive);
  if (!base.ok) return base;
  const written = writeSlot(whisper, archive, base.value, slot, value);
  if (!written.ok) return written;

  let finer = archive;
  for (const coarser of archives.slice(index + 1)) {
    const carried = propagate(whisper, [slot], finer, coarser);
    if (!carried.ok) return carried;
    if (carried.value.written === 0) break;
    finer = coarser;
  }
  return good(null);
}
