// The hexadecimal texts were written by Python's pickle module.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpickle } from '../../../src/core/carbon/pickle-in.ts';
import { DEPTH_MAX } from '../../../src/core/carbon/pickle-machine.ts';
import { pickle, type Pickled } from '../../../src/core/carbon/pickle-out.ts';
import { pickledPoints } from '../../../src/core/carbon/pickled-points.ts';

const SEED = 7002;
const RUNS = 2000;

// [('p.a', (1700000000, 1.5)), ('p.é', (1700000001.25, -2)), ('p.big', (2**33, 10**20))]
const POINTS_HEX = [
  '286c70300a2856702e610a70310a2849313730303030303030300a46312e350a7470320a7470330a612856702ee90a70340a2846313730303030303030312e32350a492d320a7470350a7470360a612856702e6269670a70370a284c383538393933343539324c0a4c3130303030303030303030303030303030303030304c0a7470380a7470390a612e',
  '5d710028285803000000702e617101284a00f15365473ff8000000000000747102747103285804000000702ec3a97104284741d954fc405000004afeffffff747105747106285805000000702e6269677107284c383538393933343539324c0a4c3130303030303030303030303030303030303030304c0a747108747109652e',
  '80025d7100285803000000702e6171014a00f15365473ff80000000000008671028671035804000000702ec3a971044741d954fc405000004afeffffff8671058671065805000000702e62696771078a0500000000028a09000010632d5ec76b05867108867109652e',
  '80035d7100285803000000702e6171014a00f15365473ff80000000000008671028671035804000000702ec3a971044741d954fc405000004afeffffff8671058671065805000000702e62696771078a0500000000028a09000010632d5ec76b05867108867109652e',
  '80049554000000000000005d94288c03702e61944a00f15365473ff8000000000000869486948c04702ec3a9944741d954fc405000004afeffffff869486948c05702e626967948a0500000000028a09000010632d5ec76b0586948694652e',
  '80059554000000000000005d94288c03702e61944a00f15365473ff8000000000000869486948c04702ec3a9944741d954fc405000004afeffffff869486948c05702e626967948a0500000000028a09000010632d5ec76b0586948694652e',
];

describe('a pickle', () => {
  test.each(POINTS_HEX.map((hex, protocol) => [protocol, hex] as const))(
    'of protocol %i gives its points',
    (_, hex) => {
      expect(points(fromHex(hex))).toEqual([
        { path: 'p.a', time: 1700000000, value: 1.5 },
        { path: 'p.é', time: 1700000001.25, value: -2 },
        { path: 'p.big', time: 8589934592, value: 1e20 },
      ]);
    },
  );

  test('as statsd writes it gives its points', () => {
    const text = "(l(S'p.statsd'\n(L1700000000L\nS'1.5'\ntta(S'p.q\\'\\x41'\n(I1\nI2\ntta.";
    expect(points(fromText(text))).toEqual([
      { path: 'p.statsd', time: 1700000000, value: 1.5 },
      { path: "p.q'A", time: 1, value: 2 },
    ]);
  });

  test.each([
    ['a system call, protocol 2', '800263706f7369780a73797374656d0a71002e', 'posix.system'],
    [
      'a system call, protocol 4',
      '80049514000000000000008c05706f736978948c0673797374656d9493942e',
      'posix.system',
    ],
    [
      'bytes as Python 3 writes them for Python 2',
      '80025d7100635f636f646563730a656e636f64650a71015803000000702e62710258060000006c6174696e3171038671045271054b014b02867106867107612e',
      '_codecs.encode',
    ],
  ])('that asks for %s is refused', (_, hex, name) => {
    const read = unpickle(fromHex(hex));
    expect(read.ok ? '' : read.why).toContain(
      `it asks for Python's "${name}", which is not allowed`,
    );
  });

  test('may name the two things that carbon allows, and nothing is called', () => {
    expect(
      unpickle(
        fromText('ccopy_reg\n_reconstructor\n(c__builtin__\nobject\nc__builtin__\nobject\nNtR.'),
      ),
    ).toEqual({ ok: true, value: { opaque: 'object' } });
  });

  test('of elements that are no points costs only those', () => {
    const told: string[] = [];
    const text = "(l(S'p.none'\n(NI1\ntta(S'p.ok'\n(I1\nI2\ntta(I5\n(I1\nI2\ntta(S'x'\ntaI3\na.";
    const read = pickledPoints(fromText(text), (why) => told.push(why));
    expect(read).toEqual({ ok: true, value: [{ path: 'p.ok', time: 1, value: 2 }] });
    expect(told).toEqual([
      'Timestamp or value of "p.none" in the pickle is not a number.',
      ...Array.from(
        { length: 3 },
        () => 'An element of the pickle is not (metric, (timestamp, value)).',
      ),
    ]);
  });

  test.each([
    [
      'zzzz',
      'The pickle cannot be read at byte 0: the byte 122 is no opcode that is understood here.',
    ],
    ['', 'The pickle ends before its end mark: ran out of input.'],
    ['I5\n.', 'The pickle is not a list of (metric, (timestamp, value)).'],
    ['.', 'The pickle ends without a value.'],
    ['t.', 'The pickle cannot be read at byte 0: there is no mark.'],
    ['Sabc\n.', 'The pickle cannot be read at byte 0: a text is not quoted as Python quotes.'],
    ['X\xff\xff\xff\xff.', 'The pickle cannot be read at byte 0: the bytes end too early.'],
    ['g7\n.', 'The pickle cannot be read at byte 0: nothing is remembered as 7.'],
    ['\x80\x63.', 'The pickle cannot be read at byte 0: protocol 99 is newer than 5.'],
  ])('%j is refused in a sentence', (text, why) => {
    expect(pickledPoints(fromText(text), () => undefined)).toEqual({ ok: false, why });
  });

  // What Python 3.11's pickle.loads gives.
  test.each<[string, string, unknown]>([
    ['a whole number has no -0', 'L-0L\n.', 0],
    ['a float has one', 'F-0.0\n.', -0],
    ['an index that is written twice counts once', 'K\x07q\0q\x000K\x08\x940h\x01.', 8],
    ['a second backslash begins no escape', 'V\\\\u00e9\\u00e9\n.', '\\\\u00e9\u00e9'],
    ['zeros alone are zero', 'L00L\n.', 0],
    ['a long may lack its mark, an int has none', '(L7\nL7L\nI7\nt.', [7, 7, 7]],
    [
      'bytes of a number have a sign',
      '(\x8a\x02\0\x80\x8a\x07\0\0\0\0\0\0\x80t.',
      [-32768, -(2 ** 55)],
    ],
  ])('says that %s', (_, text, value) => {
    expect(unpickle(fromText(text))).toStrictEqual({ ok: true, value });
  });

  // Python takes the first for octal, and the blank in the last; no program writes either.
  test.each(['I007\n.', 'L07L\n.', 'I7L\n.', 'p\n.', 'Np1e3\n.', 'Np 1\n.'])(
    '%j is refused',
    (text) => {
      expect(unpickle(fromText(text)).ok).toBe(false);
    },
  );

  test('that begins too many values is refused', () => {
    expect(unpickle(fromText(`${'('.repeat(DEPTH_MAX + 1)}.`)).ok).toBe(false);
    expect(unpickle(fromText(`${'('.repeat(DEPTH_MAX)}${'l'.repeat(DEPTH_MAX)}.`)).ok).toBe(true);
  });

  test(`with bytes changed, cut or put in never throws (seed ${SEED})`, () => {
    const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(255), fc.nat(2)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.constantFrom(...POINTS_HEX), changes, (hex, list) => {
        const bytes = [...fromHex(hex)];
        for (const [at, byte, removed] of list) bytes.splice(at % bytes.length, removed, byte);
        const read = pickledPoints(Uint8Array.from(bytes), () => undefined);
        if (!read.ok) expect(read.why).toMatch(/^The pickle .*\.$/s);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe('an answer', () => {
  test.each<[Pickled, string]>([
    [new Map([['datapoints', []]]), '80027d7100580a00000064617461706f696e747371015d7102732e'],
    [
      new Map([['datapoints', [{ tuple: [1700000000, 1.5] }]]]),
      '80027d7100580a00000064617461706f696e747371015d71024741d954fc40000000473ff800000000000086710361732e',
    ],
    [
      new Map([['datapoints', [{ tuple: [1700000000n, 1.5] }, { tuple: [1700000060n, 2.5] }]]]),
      '80027d7100580a00000064617461706f696e747371015d7102284a00f15365473ff80000000000008671034a3cf1536547400400000000000086710465732e',
    ],
    [
      new Map([
        [
          'datapointsByMetric',
          new Map([
            ['a.ok', []],
            ['nope', []],
          ]),
        ],
      ]),
      '80027d7100581200000064617461706f696e747342794d657472696371017d7102285804000000612e6f6b71035d710458040000006e6f706571055d710675732e',
    ],
    [
      new Map([['value', 'average']]),
      '80027d7100580500000076616c756571015807000000617665726167657102732e',
    ],
    [
      [
        0n,
        255n,
        256n,
        65535n,
        65536n,
        -1n,
        2147483647n,
        2147483648n,
        -2147483649n,
        null,
        true,
        false,
      ],
      '80025d7100284b004bff4d00014dffff4a000001004affffffff4affffff7f8a0500000080008a05ffffff7fff4e8889652e',
    ],
  ])('is written as Python writes it (%#)', (value, hex) => {
    expect(Buffer.from(pickle(value)).toString('hex')).toBe(hex);
  });

  test('of 1500 points is written in batches of 1000, as Python writes it', () => {
    const datapoints = Array.from({ length: 1500 }, (_, i) => ({
      tuple: [BigInt(i * 1000 - 3), 0.5],
    }));
    const bytes = pickle(new Map([['datapoints', datapoints]]));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'e886173f783f4846fe3fbbc0beab99ea50fff24a6c6ab0f642040e9ce25e9225',
    );
  });
});

function points(bytes: Uint8Array): unknown {
  const read = pickledPoints(bytes, (why) => {
    throw new Error(why);
  });
  return read.ok ? read.value : read.why;
}

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function fromText(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
