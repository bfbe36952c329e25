// Files that are cut, have wrong bits, or are no Whisper files at all: everything that reads or writes them answers with
// a result, and makes room for no more than the file holds, whatever its header says.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import type { Result } from '../../../src/core/base/result.ts';
import { explainFile } from '../../../src/core/trace/explain-file.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { diff } from '../../../src/core/whisper/diff.ts';
import { fetchSlots } from '../../../src/core/whisper/fetch.ts';
import { fill } from '../../../src/core/whisper/fill.ts';
import { fileSizeBytes, headBytes, viewOf } from '../../../src/core/whisper/format.ts';
import { merge } from '../../../src/core/whisper/merge.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { applyRepairs, headRepairs, slotRepairs } from '../../../src/core/whisper/repair.ts';
import { copyInto } from '../../../src/core/whisper/resize.ts';
import { rollUpInto } from '../../../src/core/whisper/rollup-into.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { update } from '../../../src/core/whisper/update.ts';
import { makeWorldFiles, type WorldFiles } from '../../../src/core/world/files.ts';
import { timesInTier } from '../../tools/tier.ts';
import { makeBroken, makeWhisperBytes, pick, randomShapes } from '../../tools/whisper-files.ts';

const SEED = 20_261_128;
const FILES_FULL = 10_000;
const NOW = 1_700_000_003;
/** Pieces that are read at once whatever the file, and the batch of a test. */
const ROOM_BYTES = 1 << 20;

/** Bytes of the largest array of numbers that was made. */
let largestBytes = 0;

beforeEach(() => {
  largestBytes = 0;
  for (const name of ['Uint8Array', 'Float64Array'] as const) {
    const watched = new Proxy(globalThis[name], {
      construct(target, args: readonly unknown[], newTarget) {
        const made = Reflect.construct(target, args, newTarget) as Uint8Array | Float64Array;
        // A view of what is there already takes no room.
        if (!(args[0] instanceof ArrayBuffer))
          largestBytes = Math.max(largestBytes, made.byteLength);
        return made;
      },
    });
    vi.stubGlobal(name, watched);
  }
});

afterEach(() => vi.unstubAllGlobals());

function mustOpen(files: WorldFiles, path: string): Whisper {
  const opened = openWhisper(files, path);
  if (!opened.ok || opened.value === null) throw new Error(`${path} did not open.`);
  return opened.value;
}

type Use = (bad: Whisper, healthy: Whisper, random: Random) => Result<unknown>;

const longAgo = (random: Random): number => NOW - pick(random, [0, 100, 5000, 86_400, 2 ** 31]);

/** Everything that reads a file. */
const READS: Readonly<Record<string, Use>> = {
  fetch: (bad, _, random) => fetchSlots(bad, longAgo(random), NOW, NOW),
  explain: (bad, _, random) => explainFile(bad, { from: longAgo(random), until: NOW, now: NOW }),
  diff: (bad, healthy) => diff(bad, healthy, { until: NOW, now: NOW, ignoreEmpty: false }),
  merge: (bad, healthy) => merge(bad, healthy, { from: 0, until: NOW, now: NOW }),
  fill: (bad, healthy) => fill(bad, healthy, NOW),
  copy: (bad, healthy) => copyInto(bad, healthy, NOW),
  rollUp: (bad, healthy) => rollUpInto(bad, healthy, NOW),
};

/** Everything that writes into one. */
const WRITES: Readonly<Record<string, Use>> = {
  update: (bad, _, random) => update(bad, NOW - random.below(5000), 1, NOW),
  updateMany: (bad, _, random) =>
    updateMany(
      bad,
      Array.from({ length: 40 }, () => ({ time: NOW - random.below(5000), value: 1 })),
      NOW,
    ),
  mergeInto: (bad, healthy) => merge(healthy, bad, { from: 0, until: NOW, now: NOW }),
  fillInto: (bad, healthy) => fill(healthy, bad, NOW),
};

/** Every use on copies of its own; which of them took too much room or gave no result. */
function useAll(random: Random, bytes: Uint8Array, healthy: Uint8Array): readonly string[] {
  const faults: string[] = [];
  for (const [name, use] of Object.entries({ ...READS, ...WRITES })) {
    const files = makeWorldFiles((run) => run());
    files.replace('good.wsp', healthy);
    files.replace('bad.wsp', bytes);
    largestBytes = 0;
    const bad = openWhisper(files, 'bad.wsp');
    if (!bad.ok || bad.value === null) return faults;
    const result = use(bad.value, mustOpen(files, 'good.wsp'), random);
    if (typeof result.ok !== 'boolean') faults.push(`${name} gave no result`);
    // A write may lengthen a file as far as its header says, with nothing but zeros: so does whisper, and a file that was
    // cut becomes whole by it.
    const allowed = name in WRITES ? bad.value.file.sizeBytes() : 0;
    if (largestBytes > Math.max(ROOM_BYTES, allowed))
      faults.push(`${name} took ${largestBytes} bytes`);
  }
  return faults;
}

function repairAll(files: WorldFiles, path: string): void {
  const file = files.open(path);
  if (file === null) throw new Error(`${path} is gone.`);
  const head = headRepairs(file, path);
  if (!head.ok) return expect(head.why).not.toBe('');
  expect(applyRepairs(file, head.value).ok).toBe(true);
  const slots = slotRepairs(file, path);
  if (!slots.ok) return expect(slots.why).not.toBe('');
  expect(applyRepairs(file, slots.value).ok).toBe(true);
  // What was repaired needs no repair.
  expect(headRepairs(file, path)).toEqual({ ok: true, value: [] });
  expect(slotRepairs(file, path)).toEqual({ ok: true, value: [] });
}

describe('hostile files', () => {
  const count = timesInTier(FILES_FULL);
  test(
    `${count} of them: a result each, and no room beyond their size (seed ${SEED})`,
    { timeout: 300_000 },
    () => {
      let opened = 0;
      for (let i = 0; i < count; i++) {
        const random = makeRandom(SEED + i);
        const whole = makeWhisperBytes(random, randomShapes(random), NOW);
        const broken = makeBroken(random, whole);
        const files = makeWorldFiles((run) => run());
        files.replace('bad.wsp', broken);
        if (openWhisper(files, 'bad.wsp').ok) opened++;
        expect([SEED + i, useAll(random, broken, whole)]).toEqual([SEED + i, []]);
        largestBytes = 0;
        repairAll(files, 'bad.wsp');
        expect([SEED + i, largestBytes <= ROOM_BYTES]).toEqual([SEED + i, true]);
      }
      expect(opened).toBeGreaterThan(count / 4);
    },
  );

  test.each([
    ['points', 8],
    ['seconds per point', 4],
    ['offset', 0],
  ])('every entry with %s of 2^32 - 1 is answered in little room', (_, field) => {
    const shapes = [
      { secondsPerPoint: 1, points: 60 },
      { secondsPerPoint: 60, points: 60 },
    ];
    for (const entry of [0, 1, 2]) {
      const files = makeWorldFiles((run) => run());
      for (const path of ['good.wsp', 'bad.wsp']) createWhisper(files, path, shapes);
      for (const path of ['good.wsp', 'bad.wsp'])
        updateMany(mustOpen(files, path), [{ time: NOW - 30, value: 1 }], NOW);
      const file = files.open('bad.wsp');
      const wrong = new Uint8Array(4).fill(255);
      for (const each of entry === 2 ? [0, 1] : [entry]) file?.write(16 + 12 * each + field, wrong);
      // The longest retention as such a file would have it.
      file?.write(4, wrong);
      const [bad, healthy] = ['bad.wsp', 'good.wsp'].map((path) => files.readAll(path));
      expect(
        useAll(makeRandom(SEED), bad ?? new Uint8Array(0), healthy ?? new Uint8Array(0)),
      ).toEqual([]);
      largestBytes = 0;
      repairAll(files, 'bad.wsp');
      expect(largestBytes).toBeLessThan(ROOM_BYTES);
    }
  });

  test('a sparse file of 4 GiB answers a day, and refuses ten years at once', () => {
    const shapes = [{ secondsPerPoint: 1, points: 357_000_000 }];
    const files = makeWorldFiles((run) => run());
    const head = headBytes('average', 0.5, shapes);
    expect(files.create('big.wsp', head, fileSizeBytes(shapes)).ok).toBe(true);
    const whisper = mustOpen(files, 'big.wsp');
    expect(updateMany(whisper, [{ time: NOW - 5, value: 7 }], NOW).ok).toBe(true);
    const day = fetchSlots(whisper, NOW - 86_400, NOW, NOW);
    expect(day.ok && day.value?.values.at(-6)).toBe(7);
    expect(largestBytes).toBeLessThan(2 * ROOM_BYTES);
    expect(fetchSlots(whisper, NOW - 315_360_000, NOW, NOW)).toEqual({
      ok: false,
      why: expect.stringContaining(
        '315360000 slots of 1 s, and one fetch takes 33554432',
      ) as string,
    });
    expect(largestBytes).toBeLessThan(2 * ROOM_BYTES);
  });

  test('a coarse slot of more fine slots than its archive has is refused', () => {
    const files = makeWorldFiles((run) => run());
    const shapes = [
      { secondsPerPoint: 1, points: 5 },
      { secondsPerPoint: 5, points: 4 },
    ];
    createWhisper(files, 'm.wsp', shapes, { xFilesFactor: 0, method: 'sum' });
    files.open('m.wsp')?.write(16 + 8, Uint8Array.of(0, 0, 0, 3));
    expect(update(mustOpen(files, 'm.wsp'), NOW, 1, NOW)).toEqual({
      ok: false,
      why: '5 slots are asked of an archive of 3 (m.wsp)',
    });
  });

  test('a coarse slot of more fine slots than are read at once is refused', () => {
    const shapes = [
      { secondsPerPoint: 1, points: 100_000_000 },
      { secondsPerPoint: 100_000_000, points: 2 },
    ];
    const files = makeWorldFiles((run) => run());
    const head = headBytes('average', 0, shapes);
    expect(files.create('big.wsp', head, fileSizeBytes(shapes)).ok).toBe(true);
    const whisper = mustOpen(files, 'big.wsp');
    expect(update(whisper, NOW, 1, NOW)).toEqual({
      ok: false,
      why: expect.stringContaining('100000000 slots are more than one read takes') as string,
    });
    expect(viewOf(whisper.file.read(40, 12)).getUint32(0)).toBe(NOW);
    expect(largestBytes).toBeLessThan(ROOM_BYTES);
  });
});
