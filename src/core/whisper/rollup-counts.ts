// What the xFilesFactor did between two neighbouring archives, as far as one can still see it.
//
//   finer    | 1 |   |   |   |   |   | 2 | 3 |   | 4 |   |   |      needed: 3 of 6
//   coarser  |       .               |       3               |
//              1 known: not written    3 known: written
//
// Only complete coarse slots count, of which the finer archive still holds every slot.

import { bad, good, type Result } from '../base/result.ts';
import { fetchFromArchive } from './fetch.ts';
import type { Archive } from './format.ts';
import type { Whisper } from './open.ts';
import { readBase, slotOf } from './slots.ts';

export interface RollupCounts {
  /** Coarse slots that were looked at. */
  readonly slots: number;
  /** Those of which the finer archive knows something. */
  readonly withPoints: number;
  /** Of these, how many are stored in the coarser archive, and how many are not because too little is known. */
  readonly written: number;
  readonly tooFew: number;
  /** Fine slots in one coarse slot, and how many of them must be known. */
  readonly fineSlots: number;
  readonly needed: number;
  /** The largest number of known fine slots among those with too few. */
  readonly knownMost: number;
  /** Null when none is complete. */
  readonly newest: CoarseSlot | null;
  /** Of those with too few the newest; null when there is none. */
  readonly newestTooFew: CoarseSlot | null;
}

export interface CoarseSlot {
  readonly slot: number;
  /** How many of its fine slots are known. */
  readonly known: number;
  readonly isWritten: boolean;
}

/** Fine slots that are looked at in one go. */
const FINE_SLOTS_AT_ONCE = 65_536;

export function countRollup(
  whisper: Whisper,
  finer: Archive,
  coarser: Archive,
  now: number,
): Result<RollupCounts> {
  const { path, file, header } = whisper;
  const step = coarser.secondsPerPoint;
  const fineSlots = step / finer.secondsPerPoint;
  if (!Number.isInteger(fineSlots) || fineSlots < 2)
    return bad(`${finer.secondsPerPoint} s do not divide ${step} s (${path})`);
  if (finer.offsetBytes + finer.sizeBytes > file.sizeBytes())
    return bad(`Unable to read datapoints (${path})`);
  const base = readBase(whisper, finer);
  if (!base.ok) return base;

  const oldestFine = slotOf(now, finer.secondsPerPoint) - finer.retentionS + finer.secondsPerPoint;
  const first = slotOf(oldestFine + step - 1, step);
  const end = slotOf(now, step);
  const counts = {
    slots: Math.max(0, (end - first) / step),
    withPoints: 0,
    written: 0,
    tooFew: 0,
    fineSlots,
    needed: knownNeeded(fineSlots, header.xFilesFactor),
    knownMost: 0,
  };
  let newest: CoarseSlot | null = null;
  let newestTooFew: CoarseSlot | null = null;
  if (base.value === 0)
    return good({ ...counts, newest: emptySlot(first, end - step), newestTooFew: null });
  const strideS = Math.max(1, Math.floor(FINE_SLOTS_AT_ONCE / fineSlots)) * step;
  for (let from = first; from < end; from += strideS) {
    const seen = coarseSlots(whisper, finer, coarser, from, Math.min(end, from + strideS));
    if (!seen.ok) return seen;
    for (const slot of seen.value) {
      newest = slot;
      if (slot.known > 0) counts.withPoints++;
      if (slot.known > 0 && slot.isWritten) counts.written++;
      if (slot.known === 0 || slot.isWritten || slot.known >= counts.needed) continue;
      counts.tooFew++;
      newestTooFew = slot;
      counts.knownMost = Math.max(counts.knownMost, slot.known);
    }
  }
  return good({ ...counts, newest, newestTooFew });
}

/** The least number of known slots whose part of all is enough; one at least must be known. */
export function knownNeeded(slots: number, xFilesFactor: number): number {
  // The product is rounded and may lie on the wrong side, so the division that whisper does decides.
  const near = Math.ceil(xFilesFactor * slots);
  const needed = [near - 1, near, near + 1].find((known) => known / slots >= xFilesFactor);
  return Math.max(1, needed ?? slots);
}

function emptySlot(first: number, slot: number): CoarseSlot | null {
  return slot < first ? null : { slot, known: 0, isWritten: false };
}

function coarseSlots(
  whisper: Whisper,
  finer: Archive,
  coarser: Archive,
  from: number,
  end: number,
): Result<readonly CoarseSlot[]> {
  // A window is without its first second's slot, and with its last one's.
  const fine = fetchFromArchive(whisper, finer, from - 1, end - 1);
  if (!fine.ok) return fine;
  const coarse = fetchFromArchive(whisper, coarser, from - 1, end - 1);
  if (!coarse.ok) return coarse;
  const fineSlots = coarser.secondsPerPoint / finer.secondsPerPoint;
  const slots: CoarseSlot[] = [];
  for (let i = 0; i < (end - from) / coarser.secondsPerPoint; i++) {
    const known = fine.value.values
      .subarray(i * fineSlots, (i + 1) * fineSlots)
      .reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
    const isWritten = !Number.isNaN(coarse.value.values[i] ?? NaN);
    slots.push({ slot: from + i * coarser.secondsPerPoint, known, isWritten });
  }
  return good(slots);
}
