// Carries a change from a finer archive to the next coarser one.
//
//   finer    | 1 | 2 |   | 4 |   |      five slots of 1 s, three known: 3/5 >= xFilesFactor 0.5
//   coarser  |       2.33        |      one slot of 5 s, here by average

import { f64At, u32At } from '../base/bytes.ts';
import { good, type Result } from '../base/result.ts';
import { aggregate } from './aggregate.ts';
import { POINT_BYTES, type Archive } from './format.ts';
import type { Whisper } from './open.ts';
import { readBase, readSlots, slotOf, writeSlot } from './slots.ts';

/**
 * Computes again the coarse slot that holds `time`. False when too few of its fine slots are known: nothing
 * is written then, and whisper does not try the archives that are coarser still.
 */
export function propagate(
  whisper: Whisper,
  time: number,
  finer: Archive,
  coarser: Archive,
): Result<boolean> {
  const { method, xFilesFactor } = whisper.header;
  const slot = slotOf(time, coarser.secondsPerPoint);
  const count = Math.floor(coarser.secondsPerPoint / finer.secondsPerPoint);

  const finerBase = readBase(whisper, finer);
  if (!finerBase.ok) return finerBase;
  const points = readSlots(whisper, finer, finerBase.value, slot, count);
  if (!points.ok) return points;
  const known: number[] = [];
  for (let i = 0; i < count; i++) {
    const storedTime = u32At(points.value, i * POINT_BYTES);
    if (storedTime === slot + i * finer.secondsPerPoint)
      known.push(f64At(points.value, i * POINT_BYTES + 4));
  }
  if (known.length === 0 || known.length / count < xFilesFactor) return good(false);

  const coarserBase = readBase(whisper, coarser);
  if (!coarserBase.ok) return coarserBase;
  const value = aggregate(method, known, count);
  const written = writeSlot(whisper, coarser, coarserBase.value, slot, value);
  return written.ok ? good(true) : written;
}
