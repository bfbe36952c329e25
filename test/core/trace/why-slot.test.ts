// Why a moment has its value: the answers are compared with the bytes of the file.

import { describe, expect, it } from 'vitest';
import { f64At, u32At } from '../../../src/core/base/bytes.ts';
import { makeRandom } from '../../../src/core/base/random.ts';
import { stepLines } from '../../../src/core/trace/step.ts';
import { whySlot } from '../../../src/core/trace/why-slot.ts';
import { fetchSlots } from '../../../src/core/whisper/fetch.ts';
import type { Whisper } from '../../../src/core/whisper/open.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { timesInTier } from '../../tools/tier.ts';
import { makeFile, NOW } from './example-file.ts';

const SEED = 31;
const TIMES = timesInTier(1000);

function why(file: Whisper | string | null, agoS: number, timeAgoS: number): readonly string[] {
  const question = { from: NOW - agoS, until: NOW, now: NOW };
  return stepLines(whySlot(file, question, NOW - timeAgoS, null));
}

describe('why a slot has its value', () => {
  it('names the slot, its place in the ring and what is stored there', () => {
    expect(why(makeFile(30), 300, 27).at(-1)).toBe(
      `slot       yes     ${NOW - 27} belongs to ${NOW - 30}, slot 54 of 60: it holds 1.0  [a.wsp, bytes 688-699]`,
    );
  });

  it('says that nothing came, and what an earlier turn of the ring left there', () => {
    expect(why(makeFile(30), 300, 15).at(-1)).toContain('nothing was ever written there');
    const file = makeFile(10);
    const later = NOW + 300;
    updateMany(file, [{ time: later, value: 1 }], later);
    const [last] = whySlot(file, { from: NOW, until: later, now: later }, later - 20, null).slice(
      -1,
    );
    expect(last?.reason).toContain(
      `it still holds ${later - 620} of an earlier turn of the ring, so nothing was written for ${later - 20}`,
    );
  });

  it('tells how many points a coarse slot without a value has, and would need', () => {
    expect(why(makeFile(30), 1200, 120).slice(-2)).toEqual([
      expect.stringMatching(
        /^slot {7}no .*nothing was ever written there {2}\[a\.wsp, bytes \d+-\d+\]$/,
      ),
      `rollup 1   no      archive 0 knows 2 of its 6 slots from ${NOW - 120} to ${NOW - 60}; xFilesFactor 0.5 needs 3`,
    ]);
  });

  it('tells moments that no file can have', () => {
    expect(why(null, 300, 20)).toEqual(['file  no      there is no file of this metric']);
    expect(why('it is cut off', 300, 20)[0]).toContain('cannot be read: it is cut off');
    expect(why(makeFile(10), 300, -60).at(-1)).toContain('is in the future');
    expect(why(makeFile(10), 300, 400)[1]).toContain('is outside of it');
    expect(why(makeFile(10), 9000, 8000).at(-1)).toContain('older than the 3600 s');
  });

  it('shows what waits in the cache, and what was lost when the slot is empty', () => {
    const question = { from: NOW - 300, until: NOW, now: NOW };
    const waiting = [
      { time: NOW - 14, value: 4 },
      { time: NOW - 12, value: 5 },
      { time: NOW, value: 6 },
    ];
    const steps = stepLines(whySlot(makeFile(30), question, NOW - 15, { waiting, lost: [] }));
    expect(steps.at(-1)).toBe(
      `cache      partly  2 for this moment wait to be written, the last is 5.0 of ${NOW - 12}`,
    );
  });

  it(`agrees with fetch and with the bytes, ${TIMES} times (seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    const files = [5, 10, 30, 70].map(makeFile);
    for (let i = 0; i < TIMES; i++) {
      const file = files[random.below(files.length)];
      if (!file) continue;
      const from = NOW - 10 - random.below(3000);
      const time = from + 1 + random.below(NOW - from);
      const fetched = fetchSlots(file, from, NOW, NOW);
      if (!fetched.ok || !fetched.value) throw new Error('nothing was fetched');
      const { start, step, values } = fetched.value;
      const index = Math.floor((time - start) / step);
      // The first slot of a window lies behind its beginning.
      if (index < 0 || index >= values.length) continue;
      const steps = whySlot(file, { from, until: NOW, now: NOW }, time, null);
      const slot = steps.find(({ stage }) => stage === 'slot');
      const value = values[index] ?? NaN;
      expect(slot?.verdict, `number ${i}`).toBe(Number.isNaN(value) ? 'no' : 'yes');
      const [at] = slot?.place?.bytes[0] ?? [0];
      const bytes = file.file.read(at, 12);
      if (Number.isNaN(value)) expect(u32At(bytes, 0)).not.toBe(start + index * step);
      else expect([u32At(bytes, 0), f64At(bytes, 4)]).toEqual([start + index * step, value]);
    }
  });
});
