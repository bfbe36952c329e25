import { expect, test } from 'vitest';
import { explainFile } from '../../../src/core/trace/explain-file.ts';
import { stepLines, type Step } from '../../../src/core/trace/step.ts';
import { fetchSlots, valuesOf } from '../../../src/core/whisper/fetch.ts';
import type { Whisper } from '../../../src/core/whisper/open.ts';
import { knownNeeded } from '../../../src/core/whisper/rollup-counts.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeFile, NOW } from './example-file.ts';

function explain(whisper: Whisper, agoS: number, untilAgoS = 0): readonly Step[] {
  const steps = explainFile(whisper, { from: NOW - agoS, until: NOW - untilAgoS, now: NOW });
  if (!steps.ok) throw new Error(steps.why);
  return steps.value;
}

test('it says which archive answers, how much is known, and where the bytes lie', () => {
  expect(stepLines(explain(makeFile(30), 300))).toEqual([
    `window     yes     from ${NOW - 300}, which is left out, until ${NOW}; now is ${NOW}  [a.wsp]`,
    'archive 0  yes     60 slots of 10 s reach back 600 s, the window begins 300 s ago: 600 >= 300, so this archive answers',
    `points     partly  10 of 30 slots are known, from ${NOW - 290} to ${NOW} every 10 s`,
    `ring       yes     its first slot holds the time ${NOW - 570}, so ${NOW - 290} has index (${NOW - 290} - ${NOW - 570}) / 10 mod 60 = 28  [a.wsp, bytes 376-735]`,
    `rollup 1   no      xFilesFactor 0.5 needs 3 of 6 slots of archive 0; the newest complete slot, ${NOW - 60}, has 2: it is not written; of 9 slots in reach 9 have points, 0 are written, 9 are not for lack of points`,
    `rollup 1   no      1m:1h has no value for ${NOW - 60}: 2 of 6 points known, xFilesFactor 0.5 wants 3; what came is stored in 10s:10m and lasts 600 s there`,
  ]);
});

test('further back a coarser archive answers, with the numbers that were compared', () => {
  const steps = explain(makeFile(10), 1200);
  expect(steps.map(({ stage, verdict }) => `${stage}: ${verdict}`)).toEqual([
    'window: yes',
    'archive 0: no',
    'archive 1: yes',
    'points: partly',
    'ring: yes',
    'rollup 1: yes',
  ]);
  expect(steps[1]?.reason).toMatch(/600 < 1200$/);
  expect(steps[2]?.reason).toMatch(/3600 >= 1200, so this archive answers$/);
  expect(steps[5]?.reason).toMatch(
    /has 6: it is written; of 9 slots in reach 9 have points, 9 are written, 0 are not/,
  );
});

test('a window that goes round the ring lies in two stretches, whose slots are those of the answer', () => {
  const whisper = makeFile(10);
  const later = NOW + 100;
  updateMany(whisper, [{ time: later, value: 7 }], later);
  const question = { from: later - 590, until: later, now: later };
  const steps = explainFile(whisper, question);
  const ring = steps.ok ? steps.value.find(({ stage }) => stage === 'ring') : undefined;
  const bytes = ring?.place?.bytes ?? [];
  expect(bytes).toHaveLength(2);
  const times = bytes.flatMap(([first, end]) =>
    Array.from({ length: (end - first) / 12 }, (_, i) =>
      new DataView(whisper.file.read(first + i * 12, 4).slice().buffer).getUint32(0),
    ),
  );
  const slots = fetchSlots(whisper, question.from, question.until, question.now);
  if (!slots.ok || slots.value === null) throw new Error('Nothing was fetched.');
  const { start, step } = slots.value;
  const known = valuesOf(slots.value).map((value, i) => (value === null ? null : start + i * step));
  expect(times).toHaveLength(known.length);
  for (const [i, time] of known.entries()) if (time !== null) expect(times[i]).toBe(time);
});

test.each([
  ['after now', -10, -20, 'window: no it begins at'],
  ['before all that is kept', 9000, 4000, 'window: no it ends at'],
  [
    'partly before all that is kept',
    9000,
    0,
    `window: partly it begins at ${NOW - 3600}, the oldest that is kept`,
  ],
])('a window %s says so', (_, agoS, untilAgoS, said) => {
  const [window, next] = explain(makeFile(10), agoS, untilAgoS);
  expect(`${window?.stage}: ${window?.verdict} ${window?.reason}`).toContain(said);
  expect(next?.stage).toBe(window?.verdict === 'no' ? 'rollup 1' : 'archive 0');
});

test('an archive that was never written is named as such', () => {
  const steps = explain(makeFile(30), 3600);
  expect(steps.find(({ stage }) => stage === 'ring')).toMatchObject({
    verdict: 'no',
    place: { file: 'a.wsp', bytes: [[760, 772]] },
  });
});

test('an interval backwards in time is refused as by fetch', () => {
  const answer = explainFile(makeFile(10), { from: NOW, until: NOW - 1, now: NOW });
  expect(answer).toMatchObject({
    ok: false,
    why: expect.stringContaining('is after until time') as string,
  });
});

test('the number of slots that must be known is the least whose part is enough', () => {
  for (let slots = 1; slots <= 60; slots++)
    for (const factor of [0, 0.1, 0.3, 0.5, 2 / 3, 0.9, 1].map(Math.fround)) {
      const needed = knownNeeded(slots, factor);
      expect([slots, factor, needed / slots >= factor]).toEqual([slots, factor, true]);
      expect([slots, factor, needed === 1 || (needed - 1) / slots < factor]).toEqual([
        slots,
        factor,
        true,
      ]);
    }
});
