// propagate as whisper words it, one coarse slot after the other: the model of src/core/whisper/propagate.ts.

import { f64At, u32At } from '../../../src/core/base/bytes.ts';
import { aggregate } from '../../../src/core/whisper/aggregate.ts';
import { POINT_BYTES, type Archive } from '../../../src/core/whisper/format.ts';
import type { Whisper } from '../../../src/core/whisper/open.ts';
import { readBase, readSlots, slotOf, writeSlot } from '../../../src/core/whisper/slots.ts';

export function plainPropagate(
  whisper: Whisper,
  times: readonly number[],
  finer: Archive,
  coarser: Archive,
): { readonly written: number; readonly refused: number } {
  const { method, xFilesFactor } = whisper.header;
  const count = Math.floor(coarser.secondsPerPoint / finer.secondsPerPoint);
  let written = 0;
  let refused = 0;
  for (const slot of new Set(times.map((time) => slotOf(time, coarser.secondsPerPoint)))) {
    const finerBase = valueOf(readBase(whisper, finer));
    const points = valueOf(readSlots(whisper, finer, finerBase, slot, count));
    const known: number[] = [];
    for (let i = 0; i < count; i++)
      if (u32At(points, i * POINT_BYTES) === slot + i * finer.secondsPerPoint)
        known.push(f64At(points, i * POINT_BYTES + 4));
    if (known.length === 0 || known.length / count < xFilesFactor) {
      refused++;
      continue;
    }
    const coarserBase = valueOf(readBase(whisper, coarser));
    valueOf(writeSlot(whisper, coarser, coarserBase, slot, aggregate(method, known, count)));
    written++;
  }
  return { written, refused };
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; why: string }): T {
  if (!result.ok) throw new Error(result.why);
  return result.value;
}
