// Where two files of the same archives differ, archive by archive, slot by slot.
//
// Each archive is looked at only for the time that no finer one reaches: what lies later was compared there.

import { bad, good, type Result } from '../base/result.ts';
import { fetchFromArchive, valuesOf } from './fetch.ts';
import type { Archive } from './format.ts';
import { byRetention, haveSameArchives, untilInRing, whyUnalike } from './merge.ts';
import type { Whisper } from './open.ts';
import { slotOf } from './slots.ts';

export interface ArchiveDifference {
  /** Counted from the archive that reaches back least. */
  readonly archive: number;
  /** Slots that were compared: those of which one file, or with `ignoreEmpty` both, know something. */
  readonly total: number;
  readonly points: readonly DifferentPoint[];
}

export interface DifferentPoint {
  readonly time: number;
  /** Null is a gap. */
  readonly left: number | null;
  readonly right: number | null;
}

export interface DiffWindow {
  readonly until: number;
  readonly now: number;
  /** Whether a slot counts only when both files know it. */
  readonly ignoreEmpty: boolean;
}

export function diff(
  left: Whisper,
  right: Whisper,
  window: DiffWindow,
): Result<readonly ArchiveDifference[]> {
  if (!haveSameArchives(left, right)) return bad(whyUnalike(left, right, 'diffing'));
  const differences: ArchiveDifference[] = [];
  let { until } = window;
  for (const [number, archive] of byRetention(left).entries()) {
    const start = window.now - archive.retentionS;
    const compared = compare(left, right, archive, start, { ...window, until });
    if (!compared.ok) return compared;
    const points = compared.value.filter((point) => point.left !== point.right);
    differences.push({ archive: number, total: compared.value.length, points });
    until = Math.min(until, start);
  }
  return good(differences);
}

function compare(
  left: Whisper,
  right: Whisper,
  archive: Archive,
  start: number,
  window: DiffWindow,
): Result<readonly DifferentPoint[]> {
  const { secondsPerPoint } = archive;
  if (slotOf(window.until, secondsPerPoint) < slotOf(start, secondsPerPoint)) return good([]);
  const until = untilInRing(archive, start, window);
  const ours = fetchFromArchive(left, archive, start, until);
  if (!ours.ok) return ours;
  const theirs = fetchFromArchive(right, archive, start, until);
  if (!theirs.ok) return theirs;
  const rightValues = valuesOf(theirs.value);
  const points: DifferentPoint[] = [];
  for (const [at, value] of valuesOf(ours.value).entries()) {
    const other = rightValues[at] ?? null;
    const count = Number(value !== null) + Number(other !== null);
    if (count >= (window.ignoreEmpty ? 2 : 1))
      points.push({ time: ours.value.start + at * secondsPerPoint, left: value, right: other });
  }
  return good(points);
}
