// Taking the points of one file over into a new, empty file with other archives, each computed anew.
//
//   old   10 s  |1|2|.|3|1|2|     60 s  |   9   |   6   |   8   |
//   new   30 s  |  3  |  6  |            what 10 s knows, added up; further back than it reaches, the old 60 s
//
// An old slot belongs to the new slot in which it begins. The value of a new slot comes from one old archive:
//
//   1. Only from an archive that is not coarser: a coarse value is never spread over finer slots.
//   2. An archive of the same step answers alone as far as it reaches, its gaps too, when method and xFilesFactor stay:
//      whisper has computed it so already.
//   3. Else from the finest that reaches back to the whole slot and knows enough of it; then from coarser ones that do;
//      then from those that reach to a part of it, the coarsest first.
//   4. Enough is xFilesFactor of the old slots in the new one, as when points arrive. Where the steps do not divide, an
//      old slot hangs over the end of the new one; it is not counted when a finer archive knows something of what hangs
//      over, which then is in the next new slot already.
//   5. Old archives coarser than every new one have no place by rule 1, and would be lost. So each of their points stands
//      once, in the first slot of the coarsest new archive within its time, unless a finer archive that reaches back to
//      all of that time knew something of it. Where one reaches only to a part of it, the coarse point stands for all.
//
// By 1 and 5 every moment has one source, so that sums stay what they were; only where steps do not divide, a slot at the
// edge of an old archive can be taken for its neighbour. Points of the future are not taken.

import { good, type Result } from '../base/result.ts';
import { aggregate } from './aggregate.ts';
import type { Archive, Header } from './format.ts';
import type { Whisper } from './open.ts';
import type { TimedValue } from './point.ts';
import { showRetention } from './retention.ts';
import {
  firstSlotFrom,
  isKnown,
  knowsAny,
  readSources,
  valueAt,
  type Source,
} from './rollup-source.ts';
import { slotOf } from './slots.ts';
import { placeInArchive } from './update-many.ts';

export function rollUpInto(from: Whisper, to: Whisper, now: number): Result<null> {
  const sources = readSources(from, now);
  if (!sources.ok) return sources;
  const { archives } = to.header;
  for (const [i, archive] of archives.entries()) {
    let points = rolledUp(sources.value, archive, to.header, isSameRollup(from, to), now);
    if (i === archives.length - 1)
      for (const [k, source] of sources.value.entries())
        if (source.step > archive.secondsPerPoint)
          points = withCoarse(points, source, sources.value.slice(0, k), archive, now);
    if (points.length === 0) continue;
    const placed = placeInArchive(to, archive, points);
    if (!placed.ok) return placed;
  }
  return good(null);
}

/** What rule 1 leaves empty, in one sentence; null where no new archive is finer than all old ones. */
export function emptySlotsNote(from: Header, to: Header): string | null {
  const oldStep = from.archives[0]?.secondsPerPoint ?? 0;
  const finer = to.archives.filter(({ secondsPerPoint }) => secondsPerPoint < oldStep);
  // By rule 5 the coarsest is never left without the old points.
  const empty = finer.length < to.archives.length ? finer : finer.slice(0, -1);
  const sparse = finer.at(-1);
  if (sparse === undefined) return null;
  const parts = [
    ...(empty.length > 0
      ? [
          `${empty.map(showRetention).join(' and ')} ${empty.length === 1 ? 'begins' : 'begin'} empty`,
        ]
      : []),
    ...(empty.length < finer.length
      ? [`in ${showRetention(sparse)} each old value stands in one slot, with empty ones behind it`]
      : []),
  ];
  return `Finer than the old file: ${parts.join(', and ')}, because a value of ${oldStep} s is not spread over slots of ${sparse.secondsPerPoint} s; points from now on fill them.`;
}

function isSameRollup(from: Whisper, to: Whisper): boolean {
  const { method, xFilesFactor } = from.header;
  return method === to.header.method && xFilesFactor === to.header.xFilesFactor;
}

type Rules = Pick<Header, 'method' | 'xFilesFactor'>;

function rolledUp(
  sources: readonly Source[],
  archive: Archive,
  rules: Rules,
  sameRollup: boolean,
  now: number,
): TimedValue[] {
  const step = archive.secondsPerPoint;
  const fine = sources.filter((source) => source.step <= step);
  const exact = sameRollup ? fine.find((source) => source.step === step) : undefined;
  const oldest = Math.min(...fine.map(({ start }) => slotOf(start, step)));
  const points: TimedValue[] = [];
  for (
    let slot = Math.max(oldest, oldestSlot(archive, now));
    slot <= slotOf(now, step) && fine.length > 0;
    slot += step
  ) {
    const value =
      exact !== undefined && exact.start <= slot
        ? valueOf(exact, [], slot, step, rules)
        : bestValue(fine, slot, step, rules);
    if (value !== null) points.push({ time: slot, value });
  }
  return points;
}

/** Rule 3; `fine` is finest first, and what reaches further back comes later. */
function bestValue(
  fine: readonly Source[],
  slot: number,
  step: number,
  rules: Rules,
): number | null {
  const reaching = fine.findIndex((source) => source.start <= slot);
  const whole = reaching < 0 ? fine.length : reaching;
  for (let k = whole; k < fine.length; k++) {
    const value = valueOf(fine[k], fine.slice(0, k), slot, step, rules);
    if (value !== null) return value;
  }
  for (let k = whole - 1; k >= 0; k--) {
    const value = valueOf(fine[k], fine.slice(0, k), slot, step, rules);
    if (value !== null) return value;
  }
  return null;
}

/** The oldest slot that an archive still holds. */
function oldestSlot({ secondsPerPoint, points }: Archive, now: number): number {
  return Math.max(0, slotOf(now, secondsPerPoint) - (points - 1) * secondsPerPoint);
}

/** What one source makes of the new slot [slot, slot + step), null when it knows too little. */
function valueOf(
  source: Source | undefined,
  finer: readonly Source[],
  slot: number,
  step: number,
  { method, xFilesFactor }: Rules,
): number | null {
  if (source === undefined || slot + step <= source.start) return null;
  const known: number[] = [];
  let count = 0;
  for (let time = firstSlotFrom(slot, source.step); time < slot + step; time += source.step) {
    count++;
    const isCounted = isKnown(source, time) && !knowsAny(finer, slot + step, time + source.step);
    if (isCounted) known.push(valueAt(source, time));
  }
  if (known.length === 0 || known.length / count < xFilesFactor) return null;
  // An old value of the same step is taken as it is: the average with zeros of -0 alone would be 0.
  return source.step === step ? (known[0] ?? null) : aggregate(method, known, count);
}

/** Rule 5: puts the points of a source that is coarser than `archive` among `points`, both in order of time. */
function withCoarse(
  points: readonly TimedValue[],
  source: Source,
  finer: readonly Source[],
  archive: Archive,
  now: number,
): TimedValue[] {
  const reachStart = finer.at(-1)?.start ?? Infinity;
  const merged: TimedValue[] = [];
  let next = 0;
  const takeUntil = (end: number): TimedValue[] => {
    const first = next;
    while (next < points.length && (points[next]?.time ?? 0) < end) next++;
    return points.slice(first, next);
  };
  for (let time = source.start; time < source.end; time += source.step) {
    const slot = firstSlotFrom(time, archive.secondsPerPoint);
    if (!isKnown(source, time) || slot < oldestSlot(archive, now)) continue;
    for (const point of takeUntil(time)) merged.push(point);
    const end = time + source.step;
    const within = takeUntil(end);
    // Where steps do not divide, what the finer ones know may stand in a new slot that begins before.
    const divides = source.step % archive.secondsPerPoint === 0;
    const isSeen = within.length > 0 || (!divides && knowsAny(finer, time, end));
    const finerSpeaks = isSeen && reachStart <= time;
    if (finerSpeaks) for (const point of within) merged.push(point);
    else merged.push({ time: slot, value: valueAt(source, time) });
  }
  for (const point of takeUntil(Infinity)) merged.push(point);
  return merged;
}
