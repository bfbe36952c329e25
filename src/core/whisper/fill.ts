// Filling the gaps of one file from another, which may have other archives. What is known stays.
//
//   source        | 1 | 2 | 3 | 4 |
//   destination   | 7 |   |   | 8 |   ->   | 7 | 2 | 3 | 8 |      a gap of one slot stays a gap
//
// Zeros count as gaps here, because whisper-fill asks `not value`: outputs must agree, and where the source agrees with
// the zero nothing changes.

import { good, type Result } from '../base/result.ts';
import { fetchSlots, knownPoints, valuesOf } from './fetch.ts';
import type { Archive } from './format.ts';
import { byRetention } from './merge.ts';
import type { Whisper } from './open.ts';
import { updateMany } from './update-many.ts';

export function fill(source: Whisper, destination: Whisper, now: number): Result<null> {
  let until = now;
  for (const archive of byRetention(destination)) {
    const from = now - archive.retentionS;
    if (from >= until) continue;
    const gaps = findGaps(destination, archive, from, until, now);
    if (!gaps.ok) return gaps;
    for (const gap of gaps.value) {
      const filled = fillGap(source, destination, gap, now);
      if (!filled.ok) return filled;
    }
    until = from;
  }
  return good(null);
}

/** (from, until] in seconds. */
interface Gap {
  readonly from: number;
  readonly until: number;
}

function findGaps(
  destination: Whisper,
  { secondsPerPoint }: Archive,
  from: number,
  until: number,
  now: number,
): Result<readonly Gap[]> {
  const slots = fetchSlots(destination, from, until, now);
  if (!slots.ok) return slots;
  if (slots.value === null) return good([]);
  const { start, end, step } = slots.value;
  const gaps: Gap[] = [];
  let gapStart: number | null = null;
  for (const [at, value] of valuesOf(slots.value).entries()) {
    const time = start + at * step;
    const isEmpty = value === null || value === 0;
    if (gapStart === null) {
      if (isEmpty) gapStart = time;
    } else if (!isEmpty) {
      // One slot alone may have been lost on the way, and is not worth a copy: so whisper-fill sees it.
      if (time - gapStart > secondsPerPoint) gaps.push({ from: gapStart - step, until: time });
      gapStart = null;
    } else if (time === end - step) gaps.push({ from: gapStart - step, until: time });
  }
  return good(gaps);
}

/** Goes back in time, so that each part of the gap comes from the finest archive of the source that has it. */
function fillGap(source: Whisper, destination: Whisper, gap: Gap, now: number): Result<null> {
  let { until } = gap;
  if (until < now - source.header.maxRetentionS) return good(null);
  for (const archive of byRetention(source)) {
    const reach = now - archive.retentionS;
    if (until <= reach) continue;
    const from = Math.max(reach, gap.from);
    const slots = fetchSlots(source, from, until, now);
    if (!slots.ok) return slots;
    if (slots.value !== null) {
      const written = updateMany(destination, knownPoints(slots.value), now);
      if (!written.ok) return written;
    }
    until = from;
    if (until === gap.from) break;
  }
  return good(null);
}
