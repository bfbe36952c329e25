// Putting one file into another of the same archives: what the first knows replaces what the second has.
//
//   from   | 1 |   | 3 |   |
//   to     |   | 5 | 6 |   |   ->   | 1 | 5 | 3 |   |
//
// Each archive is copied for itself, the one that reaches back least first, and carried upwards.

import { bad, good, type Result } from '../base/result.ts';
import { fetchFromArchive, knownPoints } from './fetch.ts';
import type { Archive } from './format.ts';
import type { Whisper } from './open.ts';
import { writeToArchive } from './update-many.ts';

/** Seconds since 1970; what lies in (from, until] is merged. */
export interface MergeWindow {
  readonly from: number;
  readonly until: number;
  readonly now: number;
}

export function merge(from: Whisper, to: Whisper, window: MergeWindow): Result<null> {
  const { now } = window;
  if (!haveSameArchives(from, to)) return bad(whyUnalike(from, to, 'merging'));
  if (window.until < window.from) return bad('time_to must be >= time_from');
  for (const archive of byRetention(from)) {
    const oldest = now - archive.retentionS;
    if (window.until < oldest) continue;
    const start = Math.max(window.from, oldest);
    const slots = fetchFromArchive(from, archive, start, untilInRing(archive, start, window));
    if (!slots.ok) return slots;
    const points = knownPoints(slots.value);
    if (points.length === 0) continue;
    const written = writeToArchive(to, archive, points);
    if (!written.ok) return written;
  }
  return good(null);
}

/** Archives that end at the same byte: only such files can be compared slot by slot. */
export function haveSameArchives(left: Whisper, right: Whisper): boolean {
  const text = ({ header }: Whisper): string => JSON.stringify(header.archives);
  return text(left) === text(right);
}

export function whyUnalike(left: Whisper, right: Whisper, before: 'merging' | 'diffing'): string {
  return `${left.path} and ${right.path} archive configurations are unalike. Resize the input before ${before}`;
}

export function byRetention({ header }: Whisper): readonly Archive[] {
  return header.archives.toSorted((a, b) => a.retentionS - b.retentionS);
}

/**
 * The end of a window that begins at `from`: not beyond one turn of the ring, unless that is before now. Whisper goes on
 * into the next turn there, and so leaves out most of what it was asked for.
 */
export function untilInRing(
  { retentionS }: Archive,
  from: number,
  { until, now }: { readonly until: number; readonly now: number },
): number {
  return Math.min(until, Math.max(now, from + retentionS));
}
