// Why one moment of one metric has the value it has, down to the bytes:
//
//   window     is the moment kept at all?
//   archive i  the one that answers for this window
//   slot       which place in its ring, what is stored there, at which bytes
//   rollup i   of a coarse slot without a value: how many fine ones are known, and how many it would need
//   cache      what came for this moment and is not written yet
//   lost       what came of this metric and could not be kept

import { formatG, pythonNumber } from '../base/number.ts';
import { f64At, u32At } from '../base/bytes.ts';
import type { Known } from '../carbon/known.ts';
import { archiveFor, fetchFromArchive } from '../whisper/fetch.ts';
import { POINT_BYTES, type Archive } from '../whisper/format.ts';
import type { Whisper } from '../whisper/open.ts';
import { knownNeeded } from '../whisper/rollup-counts.ts';
import { indexOf, readBase, slotOf } from '../whisper/slots.ts';
import { archiveSteps, windowStep, type Question } from './explain-file.ts';
import type { Step, Verdict } from './step.ts';
import { lostSteps } from './where.ts';

/** `file` is that of the metric; null when there is none, a text when it cannot be read. Times in seconds since 1970. */
export function whySlot(
  file: Whisper | string | null,
  question: Question,
  time: number,
  known: Pick<Known, 'waiting' | 'lost'> | null,
): readonly Step[] {
  const steps = fileSteps(file, question, time);
  if (known === null) return steps;
  const stepS =
    typeof file === 'object' && file !== null ? answering(file, question).secondsPerPoint : 1;
  const isEmpty = steps.at(-1)?.verdict !== 'yes';
  return [
    ...steps,
    cacheStep(known, slotOf(time, stepS), stepS),
    ...(isEmpty && known.lost.length > 0 ? lostSteps(known, question.now) : []),
  ];
}

function fileSteps(
  file: Whisper | string | null,
  question: Question,
  time: number,
): readonly Step[] {
  if (file === null) return [step('file', 'no', 'there is no file of this metric')];
  if (typeof file === 'string') return [step('file', 'no', `its file cannot be read: ${file}`)];
  const { from, until, now } = question;
  const window = windowStep(file, question);
  if (window.verdict === 'no') return [window];
  const outside =
    time <= from || time > until
      ? [
          step(
            'window',
            'no',
            `${time} is outside of it: from ${from}, which is left out, until ${until}`,
          ),
        ]
      : [];
  const archive = answering(file, question);
  const ageS = now - Math.max(from, now - file.header.maxRetentionS);
  return [
    window,
    ...outside,
    ...archiveSteps(file, archive, ageS),
    ...slotSteps(file, archive, time, now),
  ];
}

function answering({ header }: Whisper, { from, now }: Question): Archive {
  return archiveFor(header.archives, now - Math.max(from, now - header.maxRetentionS));
}

function slotSteps(whisper: Whisper, archive: Archive, time: number, now: number): readonly Step[] {
  const { secondsPerPoint, offsetBytes, points, retentionS } = archive;
  const slot = slotOf(time, secondsPerPoint);
  if (slot > now) return [step('slot', 'no', `${slot} is in the future: now is ${now}`)];
  if (slot <= slotOf(now, secondsPerPoint) - retentionS)
    return [
      step('slot', 'no', `${slot} is older than the ${retentionS} s that this archive keeps`),
    ];
  const base = readBase(whisper, archive);
  if (!base.ok) return [step('slot', 'no', base.why)];
  const index = base.value === 0 ? 0 : indexOf(archive, base.value, slot);
  const at = offsetBytes + index * POINT_BYTES;
  const bytes = whisper.file.read(at, POINT_BYTES);
  const place = { file: whisper.path, bytes: [[at, at + POINT_BYTES]] as const };
  const say = (verdict: Verdict, reason: string): Step => ({
    stage: 'slot',
    verdict,
    reason: `${time} belongs to ${slot}, slot ${index} of ${points}: ${reason}`,
    place,
  });
  if (bytes.length < POINT_BYTES) return [say('no', 'the file ends before it')];
  const stored = u32At(bytes, 0);
  if (stored === slot) return [say('yes', `it holds ${pythonNumber(f64At(bytes, 4))}`)];
  const empty =
    stored === 0
      ? 'nothing was ever written there'
      : `it still holds ${stored} of an earlier turn of the ring, so nothing was written for ${slot}`;
  return [say('no', empty), ...rollupSteps(whisper, archive, slot)];
}

/** A coarse slot is written when enough of its fine ones are known. */
function rollupSteps(whisper: Whisper, archive: Archive, slot: number): readonly Step[] {
  const { archives, xFilesFactor } = whisper.header;
  const i = archives.indexOf(archive);
  const finer = archives[i - 1];
  if (finer === undefined) return [];
  const end = slot + archive.secondsPerPoint;
  const fine = fetchFromArchive(whisper, finer, slot - 1, end - 1);
  if (!fine.ok) return [step(`rollup ${i}`, 'no', fine.why)];
  const { values } = fine.value;
  const knownCount = values.filter((value) => !Number.isNaN(value)).length;
  const needed = knownNeeded(archive.secondsPerPoint / finer.secondsPerPoint, xFilesFactor);
  return [
    step(
      `rollup ${i}`,
      'no',
      `archive ${i - 1} knows ${knownCount} of its ${values.length} slots from ${slot} to ${end}; xFilesFactor ${formatG(xFilesFactor)} needs ${needed}`,
    ),
  ];
}

function cacheStep({ waiting }: Pick<Known, 'waiting'>, slot: number, stepS: number): Step {
  const here = waiting.filter(({ time }) => time >= slot && time < slot + stepS);
  const newest = here.at(-1);
  if (newest === undefined)
    return step('cache', 'yes', 'nothing for this moment waits to be written');
  return step(
    'cache',
    'partly',
    `${here.length} for this moment wait to be written, the last is ${pythonNumber(newest.value)} of ${newest.time}`,
  );
}

function step(stage: string, verdict: Verdict, reason: string): Step {
  return { stage, verdict, reason, place: null };
}
