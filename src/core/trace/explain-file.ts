// Why a Whisper file answers a question as it does, step by step:
//
//   window     is any of it kept?
//   archive i  does it reach back to the beginning? The first that does answers
//   points     how many slots of the answer are known
//   ring       where their bytes lie
//   rollup i   what of the finer archive came into the coarser one, and the newest slot that the xFilesFactor left empty
//
// The writer learns of such a slot at every write while its time is not over, and of one that stays empty often never: no
// point comes any more. So it is not counted there, but read from the file, which also knows it after a restart.

import { formatG } from '../base/number.ts';
import { good, type Result } from '../base/result.ts';
import { archiveFor, fetchSlots, valuesOf, type Slots } from '../whisper/fetch.ts';
import { POINT_BYTES, type Archive } from '../whisper/format.ts';
import type { Whisper } from '../whisper/open.ts';
import { showRetention } from '../whisper/retention.ts';
import { countRollup, type RollupCounts } from '../whisper/rollup-counts.ts';
import { indexOf, readBase } from '../whisper/slots.ts';
import type { Place, Step, Verdict } from './step.ts';

/** Seconds since 1970. */
export interface Question {
  readonly from: number;
  readonly until: number;
  readonly now: number;
}

export function explainFile(whisper: Whisper, question: Question): Result<readonly Step[]> {
  const { from, until, now } = question;
  const slots = fetchSlots(whisper, from, until, now);
  if (!slots.ok) return slots;
  const steps = [windowStep(whisper, question)];
  if (slots.value !== null) {
    const begin = Math.max(from, now - whisper.header.maxRetentionS);
    const archive = archiveFor(whisper.header.archives, now - begin);
    steps.push(...archiveSteps(whisper, archive, now - begin), pointsStep(slots.value));
    const ring = ringStep(whisper, archive, slots.value);
    if (!ring.ok) return ring;
    steps.push(ring.value);
  }
  return good([...steps, ...rollupSteps(whisper, now)]);
}

/** What the coarser archives have of the finer ones. */
export function rollupSteps(whisper: Whisper, now: number): readonly Step[] {
  return whisper.header.archives.flatMap((coarser, i) => {
    const finer = whisper.header.archives[i - 1];
    if (finer === undefined) return [];
    const counts = countRollup(whisper, finer, coarser, now);
    if (counts.ok)
      return [
        rollupStep(whisper, i, counts.value),
        ...emptySlotSteps(whisper, i, finer, coarser, counts.value),
      ];
    return [{ stage: `rollup ${i}`, verdict: 'no', reason: counts.why, place: null }];
  });
}

export function windowStep({ path, header }: Whisper, { from, until, now }: Question): Step {
  const oldest = now - header.maxRetentionS;
  const say = (verdict: Verdict, reason: string): Step => ({
    stage: 'window',
    verdict,
    reason,
    place: { file: path, bytes: [] },
  });
  if (from > now) return say('no', `it begins at ${from}, which is after now, ${now}`);
  if (until < oldest)
    return say('no', `it ends at ${until}, and the file keeps nothing before ${oldest}`);
  const cuts = [
    ...(from < oldest ? [`begins at ${oldest}, the oldest that is kept, not at ${from}`] : []),
    ...(until > now ? [`ends now, at ${now}, not at ${until}`] : []),
  ];
  if (cuts.length > 0) return say('partly', `it ${cuts.join(', and ')}`);
  return say('yes', `from ${from}, which is left out, until ${until}; now is ${now}`);
}

/** Up to the one that answers. */
export function archiveSteps(
  { header }: Whisper,
  answering: Archive,
  ageS: number,
): readonly Step[] {
  const asked = header.archives.slice(0, header.archives.indexOf(answering) + 1);
  return asked.map((archive, i): Step => {
    const { points, secondsPerPoint, retentionS } = archive;
    const reach = `${points} slots of ${secondsPerPoint} s reach back ${retentionS} s`;
    const answers = archive === answering;
    const compared =
      retentionS >= ageS
        ? `${retentionS} >= ${ageS}, so this archive answers`
        : `${retentionS} < ${ageS}${answers ? ', but no archive reaches further' : ''}`;
    return {
      stage: `archive ${i}`,
      verdict: answers ? 'yes' : 'no',
      reason: `${reach}, the window begins ${ageS} s ago: ${compared}`,
      place: null,
    };
  });
}

function pointsStep(slots: Slots): Step {
  const count = slots.values.length;
  const known = valuesOf(slots).filter((value) => value !== null).length;
  return {
    stage: 'points',
    verdict: known === 0 ? 'no' : known < count ? 'partly' : 'yes',
    reason: `${known} of ${count} slots are known, from ${slots.start} to ${slots.end - slots.step} every ${slots.step} s`,
    place: null,
  };
}

function ringStep(whisper: Whisper, archive: Archive, slots: Slots): Result<Step> {
  const base = readBase(whisper, archive);
  if (!base.ok) return base;
  const { points, secondsPerPoint, offsetBytes } = archive;
  if (base.value === 0)
    return good({
      stage: 'ring',
      verdict: 'no',
      reason: 'its first slot was never written, so the whole archive counts as empty',
      place: { file: whisper.path, bytes: [[offsetBytes, offsetBytes + POINT_BYTES]] },
    });
  const index = indexOf(archive, base.value, slots.start);
  const count = Math.min(points, slots.values.length);
  const turns = index + count > points ? ', and goes on at the start of the archive' : '';
  return good({
    stage: 'ring',
    verdict: 'yes',
    reason: `its first slot holds the time ${base.value}, so ${slots.start} has index (${slots.start} - ${base.value}) / ${secondsPerPoint} mod ${points} = ${index}${turns}`,
    place: ringPlace(whisper.path, archive, index, count),
  });
}

function ringPlace(file: string, archive: Archive, index: number, count: number): Place {
  const at = (slot: number): number => archive.offsetBytes + slot * POINT_BYTES;
  const end = index + count;
  if (end <= archive.points) return { file, bytes: [[at(index), at(end)]] };
  return {
    file,
    bytes: [
      [at(index), at(archive.points)],
      [at(0), at(end - archive.points)],
    ],
  };
}

function rollupStep({ header }: Whisper, i: number, counts: RollupCounts): Step {
  const { fineSlots, needed, newest, slots, withPoints, written, tooFew } = counts;
  const rule = `xFilesFactor ${formatG(header.xFilesFactor)} needs ${needed} of ${fineSlots} slots of archive ${i - 1}`;
  const stage = `rollup ${i}`;
  if (newest === null)
    return {
      stage,
      verdict: 'no',
      reason: `${rule}; none of its slots is complete yet`,
      place: null,
    };
  if (withPoints === 0)
    return {
      stage,
      verdict: 'no',
      reason: `${rule}; none of the ${slots} complete slots in reach has points`,
      place: null,
    };
  const decided = `the newest complete slot, ${newest.slot}, has ${newest.known}: ${newest.isWritten ? 'it is written' : 'it is not written'}`;
  const all = `of ${slots} slots in reach ${withPoints} have points, ${written} are written, ${tooFew} are not for lack of points`;
  const verdict = tooFew === 0 && newest.isWritten ? 'yes' : written > 0 ? 'partly' : 'no';
  return { stage, verdict, reason: `${rule}; ${decided}; ${all}`, place: null };
}

/** No point is lost there: it is in the finer archive, until that no longer reaches back to it. */
function emptySlotSteps(
  { header }: Whisper,
  i: number,
  finer: Archive,
  coarser: Archive,
  { newestTooFew, fineSlots, needed }: RollupCounts,
): readonly Step[] {
  if (newestTooFew === null) return [];
  const { slot, known } = newestTooFew;
  const wants = `${known} of ${fineSlots} points known, xFilesFactor ${formatG(header.xFilesFactor)} wants ${needed}`;
  const stored = `what came is stored in ${showRetention(finer)} and lasts ${finer.retentionS} s there`;
  return [
    {
      stage: `rollup ${i}`,
      verdict: 'no',
      reason: `${showRetention(coarser)} has no value for ${slot}: ${wants}; ${stored}`,
      place: null,
    },
  ];
}
