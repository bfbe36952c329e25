// Carries a change from a finer archive to the next coarser one.
//
//   finer    | 1 | 2 |   | 4 |   |      five slots of 1 s, three known: 3/5 >= xFilesFactor 0.5
//   coarser  |       2.33        |      one slot of 5 s, here by average
//
// Neighbouring coarse slots are computed together: one read of all their fine slots, one write of all that have a
// value.

import { f64At, u32At } from '../base/bytes.ts';
import { good, type Result } from '../base/result.ts';
import { aggregate } from './aggregate.ts';
import { POINT_BYTES, type Archive, type Header } from './format.ts';
import type { Whisper } from './open.ts';
import { putPoint, readBase, readSlots, slotOf, writeSlots } from './slots.ts';

export interface Carried {
  /** Coarse slots that were written. */
  readonly written: number;
  /** Coarse slots that were not, because too few of their fine slots are known. */
  readonly refused: number;
}

/**
 * Computes again the coarse slots that hold `times`, which are in order. Where none could be written, whisper does
 * not try the archives that are coarser still.
 */
export function propagate(
  whisper: Whisper,
  times: readonly number[],
  finer: Archive,
  coarser: Archive,
): Result<Carried> {
  const step = coarser.secondsPerPoint;
  const ratio = Math.floor(step / finer.secondsPerPoint);
  const runMax = Math.max(1, Math.floor(finer.points / ratio));
  const finerBase = readBase(whisper, finer);
  if (!finerBase.ok) return finerBase;
  const coarserBase = readBase(whisper, coarser);
  if (!coarserBase.ok) return coarserBase;

  let base = coarserBase.value;
  let written = 0;
  let refused = 0;
  for (const { first, count } of runsOf(times, step, runMax)) {
    const fine = readSlots(whisper, finer, finerBase.value, first, count * ratio);
    if (!fine.ok) return fine;
    const values = valuesOf(whisper.header, fine.value, first, finer.secondsPerPoint, ratio);
    for (let start = 0; start < count; start++) {
      let end = start;
      while (end < count && values[end] !== undefined) end++;
      if (end === start) {
        refused++;
        continue;
      }
      const slot = first + start * step;
      const bytes = pointsOf(values, start, end, first, step);
      const done = writeSlots(whisper, coarser, base, slot, bytes);
      if (!done.ok) return done;
      if (base === 0) base = slot;
      written += end - start;
      start = end - 1;
    }
  }
  return good({ written, refused });
}

interface Run {
  readonly first: number;
  count: number;
}

/** The coarse slots of `times`, neighbours together, each once; not more at a time than the finer ring holds. */
function runsOf(times: readonly number[], step: number, runMax: number): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  for (const time of times) {
    const slot = slotOf(time, step);
    const next: number = run === null ? -1 : run.first + run.count * step;
    if (run !== null && slot === next - step) continue;
    if (run !== null && slot === next && run.count < runMax) run.count++;
    else {
      run = { first: slot, count: 1 };
      runs.push(run);
    }
  }
  return runs;
}

/** One value a coarse slot, undefined where too few of its fine slots are known. */
function valuesOf(
  { method, xFilesFactor }: Header,
  fine: Uint8Array,
  first: number,
  finerStep: number,
  ratio: number,
): readonly (number | undefined)[] {
  const values: (number | undefined)[] = [];
  const count = fine.length / POINT_BYTES / ratio;
  const known: number[] = [];
  for (let coarse = 0; coarse < count; coarse++) {
    known.length = 0;
    for (let i = coarse * ratio; i < (coarse + 1) * ratio; i++)
      if (u32At(fine, i * POINT_BYTES) === first + i * finerStep)
        known.push(f64At(fine, i * POINT_BYTES + 4));
    const isEnough = known.length > 0 && known.length / ratio >= xFilesFactor;
    values.push(isEnough ? aggregate(method, known, ratio) : undefined);
  }
  return values;
}

function pointsOf(
  values: readonly (number | undefined)[],
  start: number,
  end: number,
  first: number,
  step: number,
): Uint8Array {
  const bytes = new Uint8Array((end - start) * POINT_BYTES);
  for (let i = start; i < end; i++)
    putPoint(bytes, (i - start) * POINT_BYTES, first + i * step, values[i] ?? NaN);
  return bytes;
}
