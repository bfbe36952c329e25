// "Where did my point go?" For one metric, from the socket to its slot:
//
//   name      under which it is kept
//   received  whether anything of it came since the start
//   unread    when nothing did: whose lines could not be read, for its name may be in one of them
//   lost      what came and is nowhere, and why; one step for each reason
//   cache     what waits to be written
//   file      whether there is one, and by which rules
//   slot      the newest point that is stored, with its bytes
//   rollup i  what of it came into the coarser archives
//
// Without a metric: how much was received, and all that was lost and unread.

import { pythonNumber } from '../base/number.ts';
import type { Known, Losses } from '../carbon/known.ts';
import { remedyOf, tallyText, type Entry, type Lost, type Tally } from '../carbon/ledger.ts';
import { fetchFromArchive, valuesOf } from '../whisper/fetch.ts';
import { POINT_BYTES } from '../whisper/format.ts';
import type { Whisper } from '../whisper/open.ts';
import type { TimedValue } from '../whisper/point.ts';
import { showRetention } from '../whisper/retention.ts';
import { indexOf, readBase, slotOf } from '../whisper/slots.ts';
import { rollupSteps } from './explain-file.ts';
import type { Step, Verdict } from './step.ts';

/** `file` is that of the metric; null when there is none, a text when it cannot be read. */
export function whereIs(
  known: Known,
  file: Whisper | string | null,
  nowS: number,
): readonly Step[] {
  const steps = [
    nameStep(known),
    receivedStep(known),
    ...(nothingCame(known) ? unreadSteps(known, nowS).slice(0, UNREAD_STEPS_MAX) : []),
    ...lostSteps(known, nowS),
    cacheStep(known),
    fileStep(known, file),
  ];
  if (file === null || typeof file === 'string') return steps;
  return [...steps, slotStep(file, nowS), ...rollupSteps(file, nowS)];
}

/** All that came and is nowhere, of whatever metric. */
export function whatIsLost(losses: Losses, nowS: number): readonly Step[] {
  const { received, totals } = losses;
  const lost = totals.map((tally) => lostStep(tally, null));
  return [
    step(
      'received',
      received > 0 ? 'yes' : 'no',
      `${received} ${received === 1 ? 'point was' : 'points were'} taken since this Carbon was started`,
    ),
    ...(lost.length > 0 ? lost : [step('lost', 'yes', 'no point was lost')]),
    ...unreadSteps(losses, nowS),
  ];
}

/** The newest of what could not be read: whoever looks for one line sent it a moment ago. */
const UNREAD_STEPS_MAX = 3;

function step(stage: string, verdict: Verdict, reason: string): Step {
  return { stage, verdict, reason, place: null };
}

function nameStep({ asked, metric }: Known): Step {
  const reason = asked === metric ? `it is kept as ${metric}` : `${asked} is kept as ${metric}`;
  return { stage: 'name', verdict: 'yes', reason, place: null };
}

/** Not even a line that has its name and is wrong behind it. */
function nothingCame({ wasReceived, lost }: Known): boolean {
  return !wasReceived && lost.length === 0;
}

function receivedStep(known: Known): Step {
  if (known.wasReceived)
    return step('received', 'yes', 'points of it came since this Carbon was started');
  return step(
    'received',
    'no',
    nothingCame(known)
      ? 'nothing of it came since this Carbon was started: look at the sender, its host and its port'
      : 'of what came since this Carbon was started nothing could be taken',
  );
}

function unreadSteps({ unreadFrom }: Pick<Known, 'unreadFrom'>, nowS: number): readonly Step[] {
  return unreadFrom.flatMap(({ host, entries }) =>
    entries.map((entry) =>
      step('unread', 'no', `from ${host} came ${tallyText(entry)}; ${exampleText(entry, nowS)}`),
    ),
  );
}

export function lostSteps({ lost }: Pick<Known, 'lost'>, nowS: number): readonly Step[] {
  if (lost.length === 0) return [step('lost', 'yes', 'no point of it was lost')];
  return lost.map((entry) => lostStep(entry, exampleText(entry, nowS)));
}

function lostStep(tally: Tally, example: string | null): Step {
  const parts = [tallyText(tally), example, remedyOf(tally.reason)];
  return step('lost', 'no', parts.filter((part) => part !== null).join('; '));
}

function exampleText({ last }: Entry, nowS: number): string {
  return `the last ${Math.max(0, Math.round(nowS - last.atS))} s ago: ${factsOf(last).join(', ')}`;
}

function factsOf({ received, time, value, from }: Lost): readonly string[] {
  return [
    ...(received === null ? [] : [received]),
    ...(time === null ? [] : [`time ${time}`]),
    ...(value === null ? [] : [`value ${pythonNumber(value)}`]),
    ...(from === null ? [] : [`from ${from}`]),
  ];
}

function cacheStep({ waiting }: Known): Step {
  const newest = waiting.reduce<TimedValue | null>(
    (best, point) => (best === null || point.time >= best.time ? point : best),
    null,
  );
  if (newest === null)
    return { stage: 'cache', verdict: 'yes', reason: 'nothing waits to be written', place: null };
  return {
    stage: 'cache',
    verdict: 'partly',
    reason: `${waiting.length} wait to be written, the newest of ${newest.time}: ${pythonNumber(newest.value)}`,
    place: null,
  };
}

function fileStep({ path, schema }: Known, file: Whisper | string | null): Step {
  const place = { file: path, bytes: [] };
  if (typeof file === 'string')
    return { stage: 'file', verdict: 'no', reason: `it cannot be read: ${file}`, place };
  const shape = (file?.header.archives ?? schema.archives).map(showRetention).join(',');
  const reason =
    file === null
      ? `there is none yet; [${schema.name}] will make it with ${shape}`
      : `it keeps ${shape} by ${file.header.method}`;
  return { stage: 'file', verdict: file === null ? 'no' : 'yes', reason, place };
}

/** The newest point of the finest archive. */
function slotStep(whisper: Whisper, nowS: number): Step {
  const [finest] = whisper.header.archives;
  const none = (reason: string): Step => ({ stage: 'slot', verdict: 'no', reason, place: null });
  if (finest === undefined) return none('it has no archive');
  const { secondsPerPoint, retentionS, offsetBytes } = finest;
  const slots = fetchFromArchive(whisper, finest, nowS - retentionS, nowS);
  const base = readBase(whisper, finest);
  if (!slots.ok || !base.ok) return none(slots.ok ? 'it cannot be read' : slots.why);
  const values = valuesOf(slots.value);
  const at = values.findLastIndex((value) => value !== null);
  if (at < 0)
    return none(
      `none of its slots of ${secondsPerPoint} s in the last ${retentionS} s has a value`,
    );
  const slot = slots.value.start + at * secondsPerPoint;
  const first = offsetBytes + indexOf(finest, base.value, slot) * POINT_BYTES;
  const ageS = slotOf(nowS, secondsPerPoint) - slot;
  return {
    stage: 'slot',
    verdict: 'yes',
    reason: `the newest is ${slot}, ${ageS} s before that of now: ${pythonNumber(values[at] ?? NaN)}`,
    place: { file: whisper.path, bytes: [[first, first + POINT_BYTES]] },
  };
}
