// The pickle port beside what the real carbon-cache 1.1.7 did with the same bytes, each on its own connection.
// What is different here is on purpose, and said in `differs`.

import { describe, expect, test } from 'vitest';
import { makeDecoder } from '../../../src/core/carbon/decoder.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import type { Point } from '../../../src/core/carbon/point.ts';
import { acceptPickles, type ReceiverParts } from '../../../src/core/carbon/receivers.ts';
import { makeSenders } from '../../../src/core/carbon/senders.ts';
import { makeLedger } from '../../../src/core/carbon/ledger.ts';
import { makeReceiveCounts } from '../../../src/core/carbon/stats.ts';
import { makeUnread } from '../../../src/core/carbon/unread.ts';
import { PATH_RULES } from '../../../src/core/whisper/metric-path.ts';
import type { Log } from '../../../src/core/host/log.ts';
import type { Connection } from '../../../src/core/host/net.ts';

const T = 1_700_000_000;
const FRAME_BYTES_MAX = 1_048_576;
const NO_POINT = 'An element of the pickle is not (metric, (timestamp, value)).';

interface Case {
  readonly name: string;
  readonly body: Uint8Array;
  readonly paths: readonly string[];
  readonly whys: readonly string[];
  /** What the real program does instead. */
  readonly differs?: string;
}

const CASES: readonly Case[] = [
  {
    name: 'time and value as texts',
    body: hex(
      '80025d71005805000000702e7374727101580a0000003137303030303030303071025803000000312e357103867104867105612e',
    ),
    paths: ['p.str'],
    whys: [],
  },
  {
    name: 'lists in place of tuples',
    body: hex('80025d71005d7101285806000000702e6c69737471025d7103284a00f153654b016565612e'),
    paths: ['p.list'],
    whys: [],
  },
  {
    name: 'a tuple of points',
    body: hex('80025807000000702e7475706c6571004a00f153654b018671018671028571032e'),
    paths: ['p.tuple'],
    whys: [],
  },
  {
    name: 'a dict',
    body: hex('80027d71005806000000702e6469637471014a00f153654b01867102732e'),
    paths: [],
    whys: ['The pickle is not a list of (metric, (timestamp, value)).'],
  },
  {
    name: 'a value of None before a good point',
    body: hex(
      '80025d7100285806000000702e6e6f6e6571014a00f153654e867102867103580b000000702e61667465726e6f6e6571044a00f153654b01867105867106652e',
    ),
    paths: ['p.afternone'],
    whys: ['Timestamp or value of "p.none" in the pickle is not a number.'],
  },
  {
    name: 'a name of bytes in protocol 2, which asks for a function',
    body: hex(
      '80025d710028635f636f646563730a656e636f64650a71015807000000702e6279746573710258060000006c6174696e3171038671045271054a00f153654b018671068671075803000000702e6271084a00f153654b0186710986710a652e',
    ),
    paths: [],
    whys: [
      `The pickle cannot be read at byte 6: it asks for Python's "_codecs.encode", which is not allowed.`,
    ],
  },
  {
    name: 'a name of bytes in protocol 3',
    body: hex(
      '80035d7100284308702e62797465733371014a00f153654b01867102867103580c000000702e6166746572627974657371044a00f153654b01867105867106652e',
    ),
    paths: ['p.afterbytes'],
    whys: [NO_POINT],
    differs: 'closes the connection, and what follows is lost',
  },
  {
    name: 'texts of Python 2',
    body: text('\x80\x02]q\0U\x05p.py2q\x01J\0\xf1SeK\x01\x86q\x02\x86q\x03a.'),
    paths: ['p.py2'],
    whys: [],
  },
  {
    name: "statsd's own style",
    body: text("(l(S'p.statsd'\n(L1700000000L\nS'1.5'\ntta."),
    paths: ['p.statsd'],
    whys: [],
  },
  {
    name: 'a call of os.system',
    body: text("cos\nsystem\n(S'true'\ntR."),
    paths: [],
    whys: [
      `The pickle cannot be read at byte 0: it asks for Python's "os.system", which is not allowed.`,
    ],
  },
  {
    name: 'a number',
    body: hex('80024b052e'),
    paths: [],
    whys: ['The pickle is not a list of (metric, (timestamp, value)).'],
    differs: 'closes the connection',
  },
  {
    name: 'garbage',
    body: text('zzzz'),
    paths: [],
    whys: [
      'The pickle cannot be read at byte 0: the byte 122 is no opcode that is understood here.',
    ],
  },
  {
    name: 'nothing',
    body: text(''),
    paths: [],
    whys: ['The pickle ends before its end mark: ran out of input.'],
  },
  {
    name: 'names with a blank, without a letter, and a number for a name',
    body: hex(
      '80025d7100285809000000702073706163652e7871014a00f153654b01867102867103580000000071044a00f153654b028671058671064b054a00f153654b03867107867108580c000000702e6166746572737061636571094a00f153654b0486710a86710b652e',
    ),
    paths: ['p space.x', '', 'p.afterspace'],
    whys: [NO_POINT],
    differs: 'closes the connection at the number',
  },
];

describe('the pickle port', () => {
  test.each(
    CASES.map((each) => {
      const real =
        each.differs === undefined ? 'as the real program' : `the real program ${each.differs}`;
      return [each.name, real, each] as const;
    }),
  )('stays open for %s (%s)', (_, __, { body, paths, whys }) => {
    const received = receive(frameOf(body));
    expect(received).toEqual({ paths, whys, isOpen: true, invalidPickles: whys.length });
  });

  test('closes at a frame that is announced too long, as the real program', () => {
    expect(receive(Uint8Array.of(0, 0x20, 0, 0))).toEqual({
      paths: [],
      whys: ['A frame of 2097152 bytes was announced; 1048576 are allowed.'],
      isOpen: false,
      invalidPickles: 1,
    });
  });

  test('takes what follows a bad frame on the same connection', () => {
    const good = CASES.find(({ name }) => name === 'texts of Python 2')?.body ?? text('');
    const stream = [frameOf(text('zzzz')), frameOf(text('')), frameOf(good)];
    const { paths, whys } = receive(Uint8Array.from(stream.flatMap((frame) => [...frame])));
    expect([paths, whys.length]).toEqual([['p.py2'], 2]);
  });
});

interface Received {
  readonly paths: readonly string[];
  readonly whys: readonly unknown[];
  readonly isOpen: boolean;
  readonly invalidPickles: number;
}

function receive(stream: Uint8Array): Received {
  const points: Point[] = [];
  const whys: unknown[] = [];
  let isOpen = true;
  const counts = makeReceiveCounts();
  const unread = makeUnread(counts, makeLedger(), PATH_RULES);
  const connection: Connection = {
    peer: { host: '127.0.0.1', port: 9 },
    write: () => undefined,
    close: () => void (isOpen = false),
    finish: () => undefined,
    pause: () => undefined,
  };
  const log: Log = { say: (_level, _text, facts) => whys.push(facts?.['why']) };
  const decoder = makeDecoder({
    unread,
    log,
    take: (point) => points.push(point),
    plainLines: () => null,
    strict: false,
  });
  const parts: ReceiverParts = {
    counts,
    log,
    unread,
    nowS: () => T,
    senders: makeSenders(Infinity, { steadyMs: () => 0 }),
    logsConnections: false,
    logsLost: false,
    receive: (kind, bytes, from) => decoder.take(kind, bytes, from, T),
  };
  acceptPickles(parts, connection, FRAME_BYTES_MAX).received(stream);
  for (const { time } of points) expect(time).toBe(T);
  const paths = points.map(({ path }) => path);
  return { paths, whys, isOpen, invalidPickles: counts.invalidPickles };
}

function hex(digits: string): Uint8Array {
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

function text(characters: string): Uint8Array {
  return new Uint8Array(Buffer.from(characters, 'latin1'));
}
