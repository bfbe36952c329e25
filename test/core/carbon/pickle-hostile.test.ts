// Whatever arrives as a pickle, the answer is a value no larger than its bytes, or a sentence.

import { describe, expect, test } from 'vitest';
import { makeRandom } from '../../../src/core/base/random.ts';
import { PICKLE_BYTES_MAX, unpickle } from '../../../src/core/carbon/pickle-in.ts';
import {
  DEPTH_MAX,
  DICT_ITEMS_MAX,
  MEMO_MAX,
  OBJECTS_MAX,
} from '../../../src/core/carbon/pickle-machine.ts';
import { LONG_SIZE_MAX } from '../../../src/core/carbon/pickle-number.ts';
import { pickle } from '../../../src/core/carbon/pickle-out.ts';
import { pickledPoints } from '../../../src/core/carbon/pickled-points.ts';
import { timesInTier } from '../../tools/tier.ts';
import { plainUnpickle } from './plain-unpickle.ts';
import { damaged, latin1Bytes, randomPickle } from './random-pickles.ts';
import { countParts, isSameValue } from './same-value.ts';

const SEED = 27_112_026;
const RUNS_FULL = 10_000;
/** The longest sentence: it shows two names of Python, or a part of a line. */
const WHY_CHARACTERS_MAX = 300;
/** A reason may show a part of a name, as the reasons for lines do. */
const TOLD_CHARACTERS_MAX = 500;

const GOOD = [
  pickle([
    { tuple: ['a.b', { tuple: [1_700_000_000n, 1.5] }] },
    { tuple: ['c', { tuple: [1n, 2] }] },
  ]),
  pickle(new Map([['datapoints', [{ tuple: [1_700_000_000n, 1.5] }]]])),
  latin1Bytes("(l(S'p.statsd'\n(L1700000000L\nS'1.5'\ntta(S'p.q\\'\\x41'\n(I1\nF2.5\ntta."),
  latin1Bytes('(lp0\n(Vp.\xe9\\u20ac\np1\n(I1700000000\nF-0.5\ntp2\ntp3\nag3\na.'),
  latin1Bytes(
    '\x80\x04\x95\x1c\0\0\0\0\0\0\0]\x94(\x8c\x03p.a\x94J\0\xf1SeG?\xf8\0\0\0\0\0\0\x86\x94\x86\x94h\x01e.',
  ),
  latin1Bytes('}q\x01(U\x04typeq\x02U\x0bcache-queryq\x03U\x06metricq\x04U\x05a.b.cq\x05u.'),
];

describe('a pickle from anywhere', () => {
  const runs = timesInTier(RUNS_FULL);

  test(`of random opcodes is read as the plain reader reads it (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    let good = 0;
    for (let i = 0; i < runs; i++) if (isReadAlike(randomPickle(random), i)) good++;
    expect(good).toBeGreaterThan(runs / 20);
  });

  test(`that is damaged is read as the plain reader reads it (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED + 1);
    let good = 0;
    for (let i = 0; i < runs; i++) {
      const body = GOOD[i % GOOD.length] ?? new Uint8Array();
      if (isReadAlike(damaged(random, body), i)) good++;
    }
    expect(good).toBeGreaterThan(runs / 20);
  });

  test(`of random bytes is refused or read (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED + 2);
    for (let i = 0; i < runs; i++) {
      const length = random.below(40);
      isReadAlike(
        Uint8Array.from({ length }, () => random.below(256)),
        i,
      );
    }
  });

  test('that ends at any byte is refused', () => {
    for (const body of GOOD)
      for (let end = 0; end < body.length; end++)
        expect(isReadAlike(body.subarray(0, end), end)).toBe(false);
  });
});

/** Whether both readers give a value. It must be the same one, and hold no more than the bytes wrote. */
function isReadAlike(body: Uint8Array, run: number): boolean {
  const read = unpickle(body);
  const plain = plainUnpickle(body);
  const about = `run ${run}: ${Buffer.from(body).toString('latin1')}`;
  if (!read.ok || !plain.ok) {
    expect([about, read]).toEqual([about, plain]);
    expect(read.ok ? 0 : read.why.length).toBeLessThan(WHY_CHARACTERS_MAX);
  } else {
    expect([about, isSameValue(read.value, plain.value)]).toEqual([about, true]);
    expect(countParts(read.value)).toBeLessThanOrEqual(body.length);
  }
  const told: string[] = [];
  const points = pickledPoints(body, (why) => told.push(why));
  const list = read.ok && Array.isArray(read.value) ? read.value : [];
  expect(points.ok ? points.value.length + told.length : 0).toBe(list.length);
  for (const why of told) expect(why.length).toBeLessThan(TOLD_CHARACTERS_MAX);
  return read.ok;
}

describe('a bomb', () => {
  const LEVELS = 100_000;

  test('of pairs of pairs of pairs shares what it doubles', () => {
    const body = latin1Bytes(`]q\0${'h\0h\0\x86q\0'.repeat(LEVELS)}.`);
    const read = unpickle(body);
    expect(read.ok && countParts(read.value)).toBe(2 * LEVELS);
    expect(toldOf(body)).toEqual(Array.from({ length: 2 }, () => NO_POINT));
  });

  test('of lists in lists is as deep as it says, and nobody goes down', () => {
    const body = latin1Bytes(`]${'\x85'.repeat(LEVELS)}.`);
    const read = unpickle(body);
    expect(read.ok && countParts(read.value)).toBe(LEVELS);
    expect(toldOf(body)).toEqual([NO_POINT]);
  });

  test('of a list that holds itself many times is one list', () => {
    const body = latin1Bytes(`]q\0(${'h\0'.repeat(LEVELS)}e.`);
    const read = unpickle(body);
    expect(read.ok && countParts(read.value)).toBe(LEVELS);
    expect(toldOf(body).length).toBe(LEVELS);
  });

  test('of a list that holds itself is no point, nor is a time of it', () => {
    expect(toldOf(latin1Bytes(']q\0h\0a.'))).toEqual([NO_POINT]);
    expect(toldOf(latin1Bytes(']q\0h\0ah\0a.'))).toEqual([NO_POINT, NO_POINT]);
    expect(toldOf(latin1Bytes('](Vx\n]q\0h\0ah\0ata.'))).toEqual([
      'Timestamp or value of "x" in the pickle is not a number.',
    ]);
  });

  test('of a name that comes again and again is one text', () => {
    const name = 'x'.repeat(100_000);
    const body = latin1Bytes(`](V${name}\nq\0${'h\0'.repeat(LEVELS)}e.`);
    const read = unpickle(body);
    expect(read.ok && countParts(read.value)).toBe(LEVELS + 1);
  });
});

const NO_POINT = 'An element of the pickle is not (metric, (timestamp, value)).';

function toldOf(body: Uint8Array): readonly string[] {
  const told: string[] = [];
  expect(pickledPoints(body, (why) => told.push(why))).toEqual({ ok: true, value: [] });
  return told;
}

describe('a limit', () => {
  test.each<[string, number, (count: number) => string, string]>([
    ['bytes', PICKLE_BYTES_MAX, (count) => 'N'.repeat(count - 1), 'bytes; 16777216 are allowed.'],
    ['marks', DEPTH_MAX, (count) => '('.repeat(count) + 'l'.repeat(count), 'values are begun.'],
    ['the memo', MEMO_MAX, (count) => `N${'\x94'.repeat(count)}`, 'values are remembered.'],
    ['lists', OBJECTS_MAX, (count) => ']'.repeat(count), 'objects are made.'],
    ['tuples', OBJECTS_MAX, (count) => `${']'.repeat(count - 2)}\x85\x85`, 'objects are made.'],
    ['dicts', OBJECTS_MAX, (count) => `${']'.repeat(count - 2)}}(d`, 'objects are made.'],
    [
      'pieces of bytes',
      OBJECTS_MAX,
      (count) => `${']'.repeat(count - 2)}C\0B\0\0\0\0`,
      'objects are made.',
    ],
    [
      'objects',
      OBJECTS_MAX,
      (count) => `${']'.repeat(count - 2)}NRc__builtin__\nobject\n`,
      'objects are made.',
    ],
    ['items', DICT_ITEMS_MAX, (count) => `}${'NNs'.repeat(count)}`, 'items are put into dicts.'],
    ['items at once', DICT_ITEMS_MAX, (count) => `}(${'NN'.repeat(count)}u`, 'into dicts.'],
    ['items from a mark', DICT_ITEMS_MAX, (count) => `(${'NN'.repeat(count)}d`, 'into dicts.'],
    ['digits', LONG_SIZE_MAX, (count) => `L${'1'.repeat(count)}\n`, 'is not a whole number.'],
    [
      'bytes of a whole number',
      LONG_SIZE_MAX,
      (count) => `\x8b${String.fromCharCode(count & 255, count >> 8)}\0\0${'\x01'.repeat(count)}`,
      'a whole number has 1001 bytes.',
    ],
  ])('on %s allows just so many', (_, max, write, why) => {
    expect(unpickle(latin1Bytes(`${write(max)}.`)).ok).toBe(true);
    const more = unpickle(latin1Bytes(`${write(max + 1)}.`));
    expect(more.ok ? '' : more.why).toContain(why);
  });

  test.each([
    ['a text of 2^64 - 1 bytes', '\x8d\xff\xff\xff\xff\xff\xff\xff\xff'],
    ['a text of 2^63 bytes', '\x8d\0\0\0\0\0\0\0\x80'],
    ['bytes of 2^63 bytes', '\x8e\0\0\0\0\0\0\0\x80'],
    ['an array of 2^53 bytes', '\x96\0\0\0\0\0\0\x20\0'],
    ['a whole number of 2^31 - 1 bytes', '\x8b\xff\xff\xff\x7f'],
    ['a whole number of 2^32 - 1 bytes', '\x8b\xff\xff\xff\xff'],
    ['a frame cut in its length', '\x95\xff\xff'],
  ])('is that of the bytes for %s', (_, text) => {
    expect(unpickle(latin1Bytes(`${text}.`))).toEqual({
      ok: false,
      why: 'The pickle cannot be read at byte 0: the bytes end too early.',
    });
  });

  test('of the memo is on what is remembered, not on its index', () => {
    const indexes = [
      'r\xff\xff\xff\xff',
      'r\xfe\xff\xff\xff',
      'p4294967296\n',
      `p${'9'.repeat(400)}\n`,
    ];
    const written = indexes.map((index, i) => `K${String.fromCharCode(i)}${index}`).join('');
    const read = indexes.map((index) => index.replace('r', 'j').replace('p', 'g')).join('');
    expect(unpickle(latin1Bytes(`${written}(${read}t.`))).toEqual({
      ok: true,
      value: [0, 1, 2, 3],
    });
  });

  test('beyond all floats makes a whole number no number', () => {
    const told: string[] = [];
    const body = latin1Bytes(`(l(Va\n(I1\nL${'9'.repeat(400)}L\ntta(Vb\n(I1\nI2\ntta.`);
    expect(pickledPoints(body, (why) => told.push(why))).toEqual({
      ok: true,
      value: [{ path: 'b', time: 1, value: 2 }],
    });
    expect(told).toEqual(['Timestamp or value of "a" in the pickle is not a number.']);
  });
});
