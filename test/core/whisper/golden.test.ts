// What the real whisper wrote and answered for the same calls, N = 1000000003.

import { describe, expect, test } from 'vitest';
import { METHODS } from '../../../src/core/whisper/aggregate.ts';
import { checkArchives } from '../../../src/core/whisper/archives.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { fetchSlots, type Slots } from '../../../src/core/whisper/fetch.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { parseRetention } from '../../../src/core/whisper/retention.ts';
import { update } from '../../../src/core/whisper/update.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeMemoryFiles, type MemoryFiles } from '../../tools/memory-files.ts';

const N = 1_000_000_003;
const HEAD = '00000001000000143f00000000000002000000280000000100000005000000640000000500000004';
const AFTER_THREE =
  '3b9aca003ff00000000000003b9aca0140000000000000000000000000000000000000003b9aca034010000000000000000000000000000000000000' +
  '3b9aca004002aaaaaaaaaaab000000000000000000000000000000000000000000000000000000000000000000000000';
const AFTER_OLD =
  '3b9aca003ff00000000000003b9aca0140000000000000000000000000000000000000003b9ac9fe4022000000000000000000000000000000000000' +
  '3b9ac9ec40220000000000000000000000000000000000000000000000000000000000003b9ac9fb4022000000000000';
const AFTER_MANY =
  '3b9aca003ff00000000000003b9aca0640180000000000003b9aca02401e0000000000003b9aca033ff0000000000000000000000000000000000000' +
  '3b9ac9ec40080000000000000000000000000000000000000000000000000000000000003b9ac9fb4022000000000000';

describe('a file of 5 x 1 s and 4 x 5 s', () => {
  test('is created with the bytes that whisper writes', () => {
    const { files } = makeGolden();
    expect(hexOf(files)).toBe(HEAD + '00'.repeat(108));
    expect(files.contents.get('m.wsp')).toHaveLength(148);
  });

  test('three updates land in both archives', () => {
    const { files } = makeAfterThree();
    expect(hexOf(files)).toBe(HEAD + AFTER_THREE);
  });

  test.each([
    [-4, 0, [1000000000, 1000000004, 1, [1, 2, null, 4]]],
    [-5, 0, [999999999, 1000000004, 1, [null, 1, 2, null, 4]]],
    [-20, 0, [999999985, 1000000005, 5, [null, null, null, 2.3333333333333335]]],
    [-19, -6, [999999985, 1000000000, 5, [null, null, null]]],
    [0, 0, [1000000004, 1000000005, 1, [null]]],
    [-1, -1, [1000000003, 1000000004, 1, [4]]],
    [-30, -21, null],
    [-30, -20, [999999985, 999999990, 5, [null]]],
    [1, 5, null],
    [-2, 100, [1000000002, 1000000004, 1, [null, 4]]],
  ])('fetched from N%i until N+%i it answers as whisper does', (from, until, expected) => {
    const { whisper } = makeAfterThree();
    expect(answer(fetchSlots(whisper, N + from, N + until, N))).toEqual(expected);
  });

  test('asked backwards in time it says so', () => {
    const { whisper } = makeAfterThree();
    expect(fetchSlots(whisper, N, N - 1, N)).toEqual({
      ok: false,
      why: `Invalid time interval: from time '${N}' is after until time '${N - 1}'`,
    });
  });

  test('asked for one precision it answers from that archive, and refuses one it has not', () => {
    const { whisper } = makeAfterThree();
    expect(answer(fetchSlots(whisper, N - 4, N, N, 5))).toEqual([
      1000000000,
      1000000005,
      5,
      [2.3333333333333335],
    ]);
    expect(fetchSlots(whisper, N - 4, N, N, 7)).toEqual({
      ok: false,
      why: 'Invalid granularity: 7',
    });
  });

  test('old points go to the archive that reaches back to them, future ones are refused', () => {
    const { files, whisper } = makeAfterThree();
    const refused = {
      ok: false,
      why: 'Timestamp not covered by any archives in this database.',
    };
    expect(update(whisper, N + 1, 9, N)).toEqual(refused);
    expect(update(whisper, N - 20, 9, N)).toEqual(refused);
    expect(hexOf(files)).toBe(HEAD + AFTER_THREE);
    for (const age of [19, 5, 6]) expect(update(whisper, N - age, 9, N).ok).toBe(true);
    expect(hexOf(files)).toBe(HEAD + AFTER_OLD);
  });

  test('a batch goes archive by archive, takes future points, and counts those too old', () => {
    const { files, whisper } = makeAfterThree();
    for (const age of [19, 5, 6]) update(whisper, N - age, 9, N);
    const points = [
      { time: N - 20, value: 3 },
      { time: N - 21, value: 4 },
      { time: N + 3, value: 6 },
      { time: N, value: 1 },
      { time: N - 1, value: 7.5 },
      { time: N, value: 2 },
    ];
    expect(updateMany(whisper, points, N)).toEqual({
      ok: true,
      value: { tooOld: 1, overwritten: 1, refused: 1 },
    });
    expect(hexOf(files)).toBe(HEAD + AFTER_MANY);
  });
});

test.each([
  ['average', 0.3333333333333333],
  ['sum', 1],
  ['last', 3],
  ['max', 3],
  ['min', -4],
  ['avg_zero', 0.2],
  ['absmax', -4],
  ['absmin', 2],
] as const)('%s of -4, 2, nothing, 3, nothing is %d', (method, expected) => {
  const files = makeMemoryFiles();
  const shapes = [
    { secondsPerPoint: 1, points: 10 },
    { secondsPerPoint: 5, points: 10 },
  ];
  expect(createWhisper(files, 'm.wsp', shapes, { xFilesFactor: 0.3, method }).ok).toBe(true);
  const whisper = open(files);
  const slot = 1_000_000_000;
  const now = slot + 4;
  for (const [offset, value] of [
    [0, -4],
    [1, 2],
    [3, 3],
  ] as const)
    update(whisper, slot + offset, value, now);
  expect(answer(fetchSlots(whisper, slot - 15, now, now))).toEqual([
    999999990,
    1000000005,
    5,
    [null, null, expected],
  ]);
  expect(METHODS).toContain(method);
});

test.each([
  [[], 'You must specify at least one archive configuration!'],
  [
    [
      [60, 10],
      [60, 10],
    ],
    'A Whisper database may not be configured having two archives with the same precision (archive0: (60, 10), archive1: (60, 10))',
  ],
  [
    [
      [60, 10],
      [90, 100],
    ],
    "Higher precision archives' precision must evenly divide all lower precision archives' precision (archive0: 60, archive1: 90)",
  ],
  [
    [
      [60, 10],
      [120, 5],
    ],
    'Lower precision archives must cover larger time intervals than higher precision archives (archive0: 600 seconds, archive1: 600 seconds)',
  ],
  [
    [
      [60, 1],
      [120, 10],
    ],
    "Each archive must have at least enough points to consolidate to the next archive (archive1 consolidates 2 of archive0's points but it has only 1 total points)",
  ],
  [
    [
      [60, 5],
      [300, 10],
    ],
    null,
  ],
  [
    [
      [60, 4],
      [300, 10],
    ],
    "Each archive must have at least enough points to consolidate to the next archive (archive1 consolidates 5 of archive0's points but it has only 4 total points)",
  ],
])('archives %j are judged in whisper’s words', (pairs, why) => {
  const shapes = pairs.map(([secondsPerPoint = 0, points = 0]) => ({ secondsPerPoint, points }));
  const checked = checkArchives(shapes);
  expect(checked.ok ? null : checked.why).toBe(why);
});

test.each([
  ['60:10', [60, 10]],
  ['10', "Invalid retention definition '10'"],
  ['1m:1d', [60, 1440]],
  ['15minutes:2weeks', [900, 1344]],
  ['1h:1y', [3600, 8760]],
  ['1mo:1d', "Invalid unit 'mo'"],
  ['5s:1', [5, 1]],
  ['1x:3', "Invalid unit 'x'"],
  ['60:10y', [60, 5256000]],
  ['a:b', "Invalid precision specification 'a'"],
  ['1:', "Invalid retention specification ''"],
  ['60s:1min', [60, 1]],
])('the retention %j is read as whisper does', (text, expected) => {
  const parsed = parseRetention(text);
  expect(parsed.ok ? [parsed.value.secondsPerPoint, parsed.value.points] : parsed.why).toEqual(
    expected,
  );
});

test('a wrong rollup is refused before anything is written', () => {
  const files = makeMemoryFiles();
  const shapes = [{ secondsPerPoint: 1, points: 5 }];
  expect(createWhisper(files, 'm.wsp', shapes, { xFilesFactor: 1.5, method: null })).toEqual({
    ok: false,
    why: 'Invalid xFilesFactor 1.5, not between 0 and 1',
  });
  expect(createWhisper(files, 'm.wsp', shapes, { xFilesFactor: null, method: 'foo' })).toEqual({
    ok: false,
    why: 'Unrecognized aggregation method: foo',
  });
  expect(files.contents.size).toBe(0);
});

test('a file that exists is left alone', () => {
  const { files } = makeAfterThree();
  expect(createWhisper(files, 'm.wsp', [{ secondsPerPoint: 1, points: 5 }])).toEqual({
    ok: false,
    why: 'File m.wsp already exists!',
  });
  expect(hexOf(files)).toBe(HEAD + AFTER_THREE);
});

test.each([
  ['nothing', '', 'Unable to read header (m.wsp)'],
  ['sixteen zeros', '00'.repeat(16), 'Unable to read header (m.wsp)'],
  ['half an archive table', HEAD.slice(0, 60), 'Unable to read archive1 metadata (m.wsp)'],
])('a file of %s is corrupt', (_, hex, why) => {
  const files = makeMemoryFiles();
  files.contents.set('m.wsp', new Uint8Array(Buffer.from(hex, 'hex')));
  expect(openWhisper(files, 'm.wsp')).toEqual({ ok: false, why });
});

test('a cut inside the data is noticed when that part is read', () => {
  const { files } = makeAfterThree();
  files.contents.set('m.wsp', files.contents.get('m.wsp')?.slice(0, 110) ?? new Uint8Array(0));
  const whisper = open(files);
  expect(answer(fetchSlots(whisper, N - 4, N, N))).toEqual([
    1000000000,
    1000000004,
    1,
    [1, 2, null, 4],
  ]);
  expect(fetchSlots(whisper, N - 20, N, N)).toEqual({
    ok: false,
    why: 'Unable to read base datapoint (m.wsp)',
  });
});

function makeGolden(): { files: MemoryFiles; whisper: Whisper } {
  const files = makeMemoryFiles();
  const shapes = [
    { secondsPerPoint: 1, points: 5 },
    { secondsPerPoint: 5, points: 4 },
  ];
  expect(createWhisper(files, 'm.wsp', shapes)).toEqual({ ok: true, value: null });
  return { files, whisper: open(files) };
}

function makeAfterThree(): { files: MemoryFiles; whisper: Whisper } {
  const golden = makeGolden();
  for (const [offset, value] of [
    [-3, 1],
    [-2, 2],
    [0, 4],
  ] as const)
    expect(update(golden.whisper, N + offset, value, N).ok).toBe(true);
  return golden;
}

function open(files: MemoryFiles): Whisper {
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || !opened.value) throw new Error('The file did not open.');
  return opened.value;
}

function hexOf(files: MemoryFiles): string {
  return Buffer.from(files.contents.get('m.wsp') ?? []).toString('hex');
}

function answer(result: ReturnType<typeof fetchSlots>): unknown {
  if (!result.ok) return result.why;
  return result.value && plain(result.value);
}

function plain({ start, end, step, values }: Slots): unknown {
  return [start, end, step, [...values].map((value) => (Number.isNaN(value) ? null : value))];
}
