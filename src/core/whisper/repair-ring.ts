// The slots of one archive that cannot be where they are.
//
//   step 10    | 100 | 110 | 127 | 130 | 990 |      127 is no multiple of 10; 990 belongs to another place of the ring
//
// A place and its time have a phase: (time / step - index) modulo the number of points. All slots of a ring have the
// same one, also those of earlier turns. So most of them say which phase is right, and the others are removed. The
// first slot needs care: its time gives all others their places, and 0 there means that the archive is empty. It gets a
// time of the right phase from before all others, which no question ever meets.

import { bad, good, type Result } from '../base/result.ts';
import { u32At } from '../base/bytes.ts';
import type { ByteFile } from '../host/files.ts';
import { POINT_BYTES, type Archive } from './format.ts';
import { putPoint } from './slots.ts';

/** One thing that was wrong, and the bytes that mend it. */
export interface Repair {
  /** "what was wrong; what is done", one line. */
  readonly what: string;
  readonly writes: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

const SLOTS_PER_READ = 65_536;

export function ringRepairs(
  file: ByteFile,
  archive: Archive,
  number: number,
): Result<readonly Repair[]> {
  const phase = mostlyPhase(file, archive);
  if (phase === null) return good([]);
  let fits = 0;
  let oldest = { index: 0, time: Infinity };
  const misfits: number[] = [];
  let firstFits = false;
  forEachSlot(file, archive, (index, time) => {
    const isAligned = time % archive.secondsPerPoint === 0;
    const isFit = time !== 0 && isAligned && phaseOf(archive, index, time) === phase;
    if (index === 0) firstFits = isFit;
    if (isFit) {
      fits++;
      if (time < oldest.time) oldest = { index, time };
    } else if (time !== 0) misfits.push(index);
  });
  if (fits <= misfits.length)
    return bad(
      `Archive ${number}: ${misfits.length} of ${fits + misfits.length} slots hold times that do not fit ${archive.secondsPerPoint} s and ${archive.points} points, so those are not trusted`,
    );
  const repairs: Repair[] = [];
  const removed = misfits.filter((index) => index > 0);
  if (removed.length > 0)
    repairs.push({
      what: `archive ${number}: the times in ${removed.length} of ${fits + misfits.length} slots belong elsewhere; these points are removed`,
      writes: removed.map((index) => ({
        at: archive.offsetBytes + index * POINT_BYTES,
        bytes: EMPTY_POINT,
      })),
    });
  if (!firstFits) repairs.push(firstSlotRepair(archive, number, oldest));
  return good(repairs);
}

const EMPTY_POINT = new Uint8Array(POINT_BYTES);

function firstSlotRepair(
  { offsetBytes, secondsPerPoint, retentionS }: Archive,
  number: number,
  oldest: { readonly index: number; readonly time: number },
): Repair {
  const ownTurn = oldest.time - oldest.index * secondsPerPoint;
  // One turn before, unless that is before 1970: then the first turn there is.
  const time =
    ownTurn > retentionS
      ? ownTurn - retentionS
      : ownTurn - (Math.ceil(ownTurn / retentionS) - 1) * retentionS;
  const bytes = new Uint8Array(POINT_BYTES);
  putPoint(bytes, 0, time, 0);
  return {
    what: `archive ${number}: its first slot, by which all others are found, held a wrong time or none; it is set to a time before all others`,
    writes: [{ at: offsetBytes, bytes }],
  };
}

/** The phase that more than half of the written slots share, if there is one (Boyer and Moore's vote); null without slots. */
function mostlyPhase(file: ByteFile, archive: Archive): number | null {
  let candidate: number | null = null;
  let lead = 0;
  forEachSlot(file, archive, (index, time) => {
    if (time === 0) return;
    const phase = phaseOf(archive, index, time);
    if (lead === 0) candidate = phase;
    lead += phase === candidate ? 1 : -1;
  });
  return candidate;
}

/** With a fraction, and so like no other, for a time that is no multiple of the step. */
function phaseOf({ secondsPerPoint, points }: Archive, index: number, time: number): number {
  const turns = time / secondsPerPoint - index;
  return turns - Math.floor(turns / points) * points;
}

function forEachSlot(
  file: ByteFile,
  { offsetBytes, points }: Archive,
  use: (index: number, time: number) => void,
): void {
  for (let first = 0; first < points; first += SLOTS_PER_READ) {
    const count = Math.min(SLOTS_PER_READ, points - first);
    const bytes = file.read(offsetBytes + first * POINT_BYTES, count * POINT_BYTES);
    for (let i = 0; i < count; i++) use(first + i, u32At(bytes, i * POINT_BYTES));
    // Beyond the end of the file there is nothing more.
    if (bytes.length < count * POINT_BYTES) return;
  }
}
