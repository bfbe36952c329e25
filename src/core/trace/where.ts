// "Where did my point go?" For one metric, from the socket to its slot:
//
//   name      under which it is kept
//   received  whether anything of it came since the start
//   lost      what came and is nowhere, and why; one step for each reason
//   cache     what waits to be written
//   file      whether there is one, and by which rules
//   slot      the newest point that is stored, with its bytes
//   rollup i  what of it came into the coarser archives

import { pythonNumber } from '../base/number.ts';
import type { Known } from '../carbon/carbon.ts';
import { LOSSES } from '../carbon/ledger.ts';
import { fetchFromArchive, valuesOf } from '../whisper/fetch.ts';
import { POINT_BYTES } from '../whisper/format.ts';
import type { Whisper } from '../whisper/open.ts';
import type { TimedValue } from '../whisper/point.ts';
import { showRetention } from '../whisper/retention.ts';
import { indexOf, readBase, slotOf } from '../whisper/slots.ts';
import { rollupSteps } from './explain-file.ts';
import type { Step } from './step.ts';

/** `file` is that of the metric; null when there is none, a text when it cannot be read. */
export function whereIs(
  known: Known,
  file: Whisper | string | null,
  nowS: number,
): readonly Step[] {
  const steps = [
    nameStep(known),
    receivedStep(known),
    ...lostSteps(known, nowS),
    cacheStep(known),
    fileStep(known, file),
  ];
  if (file === null || typeof file === 'string') return steps;
  return [...steps, slotStep(file, nowS), ...rollupSteps(file, nowS)];
}

function nameStep({ asked, metric }: Known): Step {
  const reason = asked === metric ? `it is kept as ${metric}` : `${asked} is kept as ${metric}`;
  return { stage: 'name', verdict: 'yes', reason, place: null };
}

function receivedStep({ wasReceived }: Known): Step {
  return {
    stage: 'received',
    verdict: wasReceived ? 'yes' : 'no',
    reason: wasReceived
      ? 'points of it came since this Carbon was started'
      : 'nothing of it came since this Carbon was started: look at the sender, its host and its port',
    place: null,
  };
}

function lostSteps({ lost }: Known, nowS: number): readonly Step[] {
  if (lost.length === 0)
    return [{ stage: 'lost', verdict: 'yes', reason: 'no point of it was lost', place: null }];
  return lost.map(({ loss, points, last }): Step => {
    const facts = [
      ...(last.time === null ? [] : [`time ${last.time}`]),
      ...(last.value === null ? [] : [`value ${pythonNumber(last.value)}`]),
      ...(last.from === null ? [] : [`from ${last.from}`]),
    ];
    const example = `the last ${Math.max(0, Math.round(nowS - last.atS))} s ago: ${facts.join(', ')}`;
    const count = points === 1 ? '1 point' : `${points} points`;
    return {
      stage: 'lost',
      verdict: 'no',
      reason: `${count} ${LOSSES[loss]}; ${example}`,
      place: null,
    };
  });
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
