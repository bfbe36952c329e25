// What is broken on purpose, one thing at a time, and what repair makes of it.

import { describe, expect, test } from 'vitest';
import { makeRandom } from '../../../src/core/base/random.ts';
import type { Result } from '../../../src/core/base/result.ts';
import type { ByteFile } from '../../../src/core/host/files.ts';
import { fetchFromArchive, knownPoints } from '../../../src/core/whisper/fetch.ts';
import { openWhisper } from '../../../src/core/whisper/open.ts';
import type { TimedValue } from '../../../src/core/whisper/point.ts';
import { applyRepairs, headRepairs, slotRepairs } from '../../../src/core/whisper/repair.ts';
import { makeWorldFiles, type WorldFiles } from '../../../src/core/world/files.ts';
import { timesInTier } from '../../tools/tier.ts';
import { makeWhisperBytes, randomShapes } from '../../tools/whisper-files.ts';

const SEED = 84_105;
const RUNS_FULL = 1000;
const NOW = 1_700_000_003;
const SHAPES = [
  { secondsPerPoint: 10, points: 30 },
  { secondsPerPoint: 60, points: 60 },
];
/** Where things lie in a file of these two archives. */
const AT = {
  method: 3,
  retention: 4,
  offset1: 28,
  points0: 24,
  points1: 36,
  slots0: 40,
  slots1: 400,
};

/** Every slot of the finest archive is known. */
function makeFiles(): WorldFiles {
  const files = makeWorldFiles((run) => run());
  const random = makeRandom(SEED);
  for (;;) {
    files.replace('m.wsp', makeWhisperBytes(random, SHAPES, NOW));
    if (knownIn(files).every((points) => points.length > 12)) return files;
  }
}

function fileOf(files: WorldFiles): ByteFile {
  const file = files.open('m.wsp');
  if (file === null) throw new Error('The file is gone.');
  return file;
}

function knownIn(files: WorldFiles): readonly (readonly TimedValue[])[] {
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || opened.value === null) throw new Error('The file did not open.');
  const whisper = opened.value;
  return whisper.header.archives.map((archive) => {
    const slots = fetchFromArchive(whisper, archive, NOW - archive.retentionS, NOW);
    if (!slots.ok) throw new Error(slots.why);
    return knownPoints(slots.value);
  });
}

/** What was said, one line for each thing; the file is mended. */
function repair(files: WorldFiles): Result<readonly string[]> {
  const file = fileOf(files);
  const head = headRepairs(file, 'm.wsp');
  if (!head.ok) return head;
  expect(applyRepairs(file, head.value).ok).toBe(true);
  const slots = slotRepairs(file, 'm.wsp');
  if (!slots.ok) return slots;
  expect(applyRepairs(file, slots.value).ok).toBe(true);
  return { ok: true, value: [...head.value, ...slots.value].map(({ what }) => what) };
}

function flip(files: WorldFiles, at: number, bit: number): void {
  const file = fileOf(files);
  file.write(at, Uint8Array.of((file.read(at, 1)[0] ?? 0) ^ (1 << bit)));
}

test(`a healthy file needs no repair (seed ${SEED})`, { timeout: 60_000 }, () => {
  for (let i = 0; i < timesInTier(RUNS_FULL); i++) {
    const random = makeRandom(SEED + i);
    const files = makeWorldFiles((run) => run());
    files.replace('m.wsp', makeWhisperBytes(random, randomShapes(random), NOW));
    expect([SEED + i, repair(files)]).toEqual([SEED + i, { ok: true, value: [] }]);
  }
});

describe('repair', () => {
  test.each([
    [
      'offset',
      AT.offset1 + 2,
      3,
      'archive 1 began at byte 2448 in place of 400; the offset is set',
    ],
    [
      'longest retention',
      AT.retention + 2,
      3,
      'the longest retention was 1552 s, and the archives reach back 3600 s; it is set',
    ],
  ])('sets a wrong %s, and all points are there again', (_, at, bit, what) => {
    const files = makeFiles();
    const before = files.readAll('m.wsp');
    flip(files, at, bit);
    expect(repair(files)).toEqual({ ok: true, value: [what] });
    expect(files.readAll('m.wsp')).toEqual(before);
  });

  test('fills up a file that was cut, and drops the half point at the cut', () => {
    const files = makeFiles();
    const before = files.readAll('m.wsp') ?? new Uint8Array(0);
    const cut = AT.slots1 + 5 * 12 + 7;
    files.replace('m.wsp', before.slice(0, cut));
    expect(repair(files)).toEqual({
      ok: true,
      value: [
        `the file was cut at byte ${cut} of ${before.length}; the rest is made of empty slots`,
      ],
    });
    const whole = cut - 7;
    const expected = new Uint8Array(before.length);
    expected.set(before.subarray(0, whole));
    expect(files.readAll('m.wsp')).toEqual(expected);
  });

  test('removes a point whose time belongs elsewhere, and only that', () => {
    const files = makeFiles();
    const before = knownIn(files);
    const file = fileOf(files);
    const at =
      [3, 4, 5]
        .map((index) => AT.slots0 + index * 12)
        .find((each) => file.read(each, 4).some((byte) => byte > 0)) ?? 0;
    const time = new DataView(file.read(at, 4).slice().buffer).getUint32(0);
    flip(files, at + 3, 0);
    expect(repair(files)).toMatchObject({
      ok: true,
      value: [expect.stringMatching(/^archive 0: the times in 1 of \d+ slots/)],
    });
    expect(knownIn(files)).toEqual([before[0]?.filter((point) => point.time !== time), before[1]]);
    expect(file.read(at, 12)).toEqual(new Uint8Array(12));
  });

  test.each([
    ['a wrong time in', (files: WorldFiles) => flip(files, AT.slots0 + 3, 0)],
    ['nothing in', (files: WorldFiles) => void fileOf(files).write(AT.slots0, new Uint8Array(12))],
  ])('with %s the first slot finds all others again', (_, damage) => {
    const files = makeFiles();
    const before = knownIn(files);
    const first = new DataView(fileOf(files).read(AT.slots0, 4).slice().buffer).getUint32(0);
    damage(files);
    const broken = knownIn(files)[0]?.length ?? 0;
    expect(broken).toBeLessThan((before[0]?.length ?? 0) - 1);
    expect(repair(files)).toMatchObject({
      ok: true,
      value: [expect.stringContaining('its first slot')],
    });
    expect(knownIn(files)).toEqual([before[0]?.filter(({ time }) => time !== first), before[1]]);
  });

  test.each([
    ['an unknown method', AT.method, 7, 'Unable to read header'],
    ['another number of points', AT.points1 + 3, 0, 'do not fit each other'],
    ['another number of points in the finer archive', AT.points0 + 3, 0, 'do not fit each other'],
    ['a step that divides none', AT.points1 - 4 + 3, 0, 'must evenly divide'],
  ])('leaves a header with %s, and says so', (_, at, bit, why) => {
    const files = makeFiles();
    flip(files, at, bit);
    const before = files.readAll('m.wsp');
    expect(repair(files)).toEqual({ ok: false, why: expect.stringContaining(why) as string });
    expect(files.readAll('m.wsp')).toEqual(before);
  });

  test('leaves an archive whose slots mostly do not fit: its step is more likely wrong', () => {
    const files = makeWorldFiles((run) => run());
    const random = makeRandom(SEED);
    do files.replace('m.wsp', makeWhisperBytes(random, [{ secondsPerPoint: 10, points: 40 }], NOW));
    while ((knownIn(files)[0]?.length ?? 0) < 12);
    // 10 s become 11 s, and the longest retention agrees.
    flip(files, 16 + 4 + 3, 0);
    fileOf(files).write(4, Uint8Array.of(0, 0, 1, 184));
    expect(repair(files)).toMatchObject({
      ok: false,
      why: expect.stringContaining('do not fit 11 s') as string,
    });
  });

  test.each([
    ['empty', 0, 'The file is empty (m.wsp)'],
    ['all zeros', 500, 'The file holds nothing but zeros (m.wsp)'],
  ])('names a file that is %s', (_, sizeBytes, why) => {
    const files = makeWorldFiles((run) => run());
    files.replace('m.wsp', new Uint8Array(sizeBytes));
    expect(repair(files)).toEqual({ ok: false, why });
  });
});
