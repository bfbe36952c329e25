// One archive against the plainest model of it: what was last written to each slot, while it is kept.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWhisper, setRollup } from '../../../src/core/whisper/create.ts';
import { fetchSlots } from '../../../src/core/whisper/fetch.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { update } from '../../../src/core/whisper/update.ts';
import { makeMemoryFiles } from '../../tools/memory-files.ts';

const SEED = 41_124;
const RUNS = 300;
const T = 1_700_000_000;
/** Slots: more than two pieces of a fetch. */
const LONG = 10_000;

function makeFile(secondsPerPoint: number, points: number): Whisper {
  const files = makeMemoryFiles();
  createWhisper(files, 'm.wsp', [{ secondsPerPoint, points }]);
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || !opened.value) throw new Error('The file did not open.');
  return opened.value;
}

const writes = fc.array(
  fc.record({ waitS: fc.nat(40), ageS: fc.nat(120), value: fc.double({ noNaN: true }) }),
  { maxLength: 40 },
);

test(`a slot shows its last value until the ring comes round (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 5, 10),
      fc.integer({ min: 2, max: 20 }),
      writes,
      (step, points, list) => {
        const whisper = makeFile(step, points);
        const model = new Map<number, number>();
        let now = T;
        for (const { waitS, ageS, value } of list) {
          now += waitS;
          const time = now - ageS;
          const slot = time - (time % step);
          const written = update(whisper, time, value, now);
          expect(written.ok).toBe(ageS < step * points);
          if (written.ok) model.set(slot, value);
          // A slot is lost when a slot one whole turn later takes its place, or lies beyond the retention.
          for (const other of model.keys())
            if (other !== slot && (other - slot) % (step * points) === 0 && written.ok)
              model.delete(other);
        }
        const fetched = fetchSlots(whisper, now - step * points, now, now);
        if (!fetched.ok || !fetched.value) throw new Error('Nothing was fetched.');
        const { start, values } = fetched.value;
        const expected = Array.from(values, (_, i) => model.get(start + i * step) ?? NaN);
        expect([...values]).toEqual(expected);
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
});

test(`a batch leaves what single updates in order of time leave (seed ${SEED})`, () => {
  const ages = fc.array(fc.record({ ageS: fc.nat(99), value: fc.double({ noNaN: true }) }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(ages, (list) => {
      const points = list
        .map(({ ageS, value }) => ({ time: T - ageS, value }))
        .filter((point, i, all) => all.findIndex((other) => other.time === point.time) === i)
        .sort((a, b) => a.time - b.time);
      const one = makeFile(10, 10);
      for (const { time, value } of points) expect(update(one, time, value, T).ok).toBe(true);
      const many = makeFile(10, 10);
      const slots = new Set(points.map(({ time }) => time - (time % 10))).size;
      expect(updateMany(many, points.toReversed(), T)).toEqual({
        ok: true,
        value: { tooOld: 0, overwritten: points.length - slots, refused: 0 },
      });
      expect(fetchSlots(many, T - 100, T, T)).toEqual(fetchSlots(one, T - 100, T, T));
    }),
    { seed: SEED, numRuns: RUNS },
  );
});

test('a long run of points from the future turns inside its own archive', () => {
  const files = makeMemoryFiles();
  const shapes = [
    { secondsPerPoint: 1, points: 5 },
    { secondsPerPoint: 5, points: 4 },
  ];
  createWhisper(files, 'm.wsp', shapes, { xFilesFactor: 1, method: null });
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || !opened.value) throw new Error('The file did not open.');
  const whisper = opened.value;
  const points = Array.from({ length: 23 }, (_, i) => ({ time: T + i, value: i }));
  expect(updateMany(whisper, points, T).ok).toBe(true);
  const later = fetchSlots(whisper, T + 17, T + 22, T + 22);
  expect(later.ok && later.value ? [...later.value.values] : null).toEqual([18, 19, 20, 21, 22]);
  expect(files.contents.get('m.wsp')).toHaveLength(148);
});

test('a window of thousands of slots is read in pieces, and the end of the ring lies within one', () => {
  const whisper = makeFile(1, LONG);
  // The first point decides where the ring begins: half a turn before the window.
  const firstS = T - 1.5 * LONG;
  expect(update(whisper, firstS, 0, firstS).ok).toBe(true);
  const points = Array.from({ length: LONG }, (_, i) => ({ time: T - i, value: i }));
  expect(updateMany(whisper, points, T).ok).toBe(true);
  const fetched = fetchSlots(whisper, T - LONG, T, T);
  const values = fetched.ok && fetched.value ? [...fetched.value.values] : null;
  expect(values).toEqual(points.map(({ value }) => value).toReversed());
});

test('the rollup in the header can be changed, and the points stay', () => {
  const files = makeMemoryFiles();
  createWhisper(files, 'm.wsp', [{ secondsPerPoint: 1, points: 5 }]);
  const before = openWhisper(files, 'm.wsp');
  if (!before.ok || !before.value) throw new Error('The file did not open.');
  update(before.value, T, 3, T);
  expect(setRollup(before.value, { xFilesFactor: 0.1, method: 'max' }).ok).toBe(true);
  const after = openWhisper(files, 'm.wsp');
  if (!after.ok || !after.value) throw new Error('The file did not open.');
  expect(after.value.header.method).toBe('max');
  expect(after.value.header.xFilesFactor).toBe(Math.fround(0.1));
  expect(fetchSlots(after.value, T - 1, T, T)).toEqual(fetchSlots(before.value, T - 1, T, T));
});
