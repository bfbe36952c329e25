import { describe, expect, test } from 'vitest';
import type { Cache } from '../../../src/core/carbon/cache.ts';
import { makeCarbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS } from '../../../src/core/carbon/config.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import { LINE_BYTES_MAX } from '../../../src/core/carbon/line.ts';
import type { PickleValue } from '../../../src/core/carbon/pickle-machine.ts';
import { pickle, type Pickled } from '../../../src/core/carbon/pickle-out.ts';
import { answerQuery, BULK_METRICS_MAX } from '../../../src/core/carbon/query-port.ts';
import { makeReceiveCounts } from '../../../src/core/carbon/stats.ts';
import { PATH_RULES } from '../../../src/core/whisper/metric-path.ts';
import { makeWorld } from '../../../src/core/world/world.ts';

const T = 1_700_000_000;
const QUERY = { host: '127.0.0.1', port: 7002 };

describe('the query port', () => {
  test.each<[string, [string, Pickled][], Pickled]>([
    [
      'a metric that waits',
      [
        ['type', 'cache-query'],
        ['metric', 'a.b'],
      ],
      new Map([['datapoints', [{ tuple: [BigInt(T), 1.5] }, { tuple: [BigInt(T - 60), 2] }]]]),
    ],
    [
      'a metric that does not',
      [
        ['type', 'cache-query'],
        ['metric', 'nope'],
      ],
      new Map([['datapoints', []]]),
    ],
    [
      'several metrics',
      [
        ['type', 'cache-query-bulk'],
        ['metrics', ['a.c', 'nope']],
      ],
      new Map([
        [
          'datapointsByMetric',
          new Map<string, Pickled>([
            ['a.c', [{ tuple: [BigInt(T), 3] }]],
            ['nope', []],
          ]),
        ],
      ]),
    ],
    ['another type', [['type', 'foo']], new Map([['error', 'Invalid request type "foo"']])],
    [
      'the method of a file',
      [
        ['type', 'get-metadata'],
        ['metric', 'written'],
        ['key', 'aggregationMethod'],
      ],
      new Map([['value', 'average']]),
    ],
    [
      'another key',
      [
        ['type', 'get-metadata'],
        ['metric', 'written'],
        ['key', 'x'],
      ],
      new Map([['error', 'Unsupported metadata key "x"']]),
    ],
    [
      'the method of no file',
      [
        ['type', 'get-metadata'],
        ['metric', 'nope'],
        ['key', 'aggregationMethod'],
      ],
      new Map([['error', 'There is no file for "nope".']]),
    ],
    [
      'a change of the method',
      [
        ['type', 'set-metadata'],
        ['metric', 'written'],
        ['key', 'aggregationMethod'],
        ['value', 'max'],
      ],
      new Map([
        ['old_value', 'average'],
        ['new_value', 'max'],
      ]),
    ],
  ])('asked for %s answers with the bytes of the real program', (_, request, reply) => {
    const { ask } = makeStarted();
    ask(pickle(new Map(request)));
    expect(ask(pickle(new Map(request)))).toEqual({
      hex: [...answersTo(request, reply)]
        .map((bytes) => Buffer.from(bytes).toString('hex'))
        .join(''),
      isOpen: true,
    });
  });

  test.each([
    ['that is no pickle', Uint8Array.of(122, 122)],
    ['without a type', pickle(new Map([['metric', 'a.b']]))],
    ['without a metric', pickle(new Map([['type', 'cache-query']]))],
    ['that is no dict', pickle([])],
  ])('closes at a request %s', (_, body) => {
    expect(makeStarted().ask(body)).toEqual({ hex: '', isOpen: false });
  });

  // Written by Python: {'type': 'cache-query', 'metric': 'a.c'} in protocols 0 to 5.
  test.each([
    [
      'protocol 0',
      '286470300a56747970650a70310a5663616368652d71756572790a70320a73566d65747269630a70330a56612e630a70340a732e',
    ],
    [
      'protocol 1',
      '7d7100285804000000747970657101580b00000063616368652d7175657279710258060000006d657472696371035803000000612e637104752e',
    ],
    [
      'protocol 2',
      '80027d7100285804000000747970657101580b00000063616368652d7175657279710258060000006d657472696371035803000000612e637104752e',
    ],
    [
      'protocol 3',
      '80037d7100285804000000747970657101580b00000063616368652d7175657279710258060000006d657472696371035803000000612e637104752e',
    ],
    [
      'protocol 4',
      '80049529000000000000007d94288c0474797065948c0b63616368652d7175657279948c066d6574726963948c03612e6394752e',
    ],
    [
      'protocol 5',
      '80059529000000000000007d94288c0474797065948c0b63616368652d7175657279948c066d6574726963948c03612e6394752e',
    ],
    [
      'protocol 2 of Python 2',
      '80027d710128 5506 6d6574726963 7102 5503 612e63 7103 5504 74797065 7104 550b 63616368652d7175657279 7105 752e',
    ],
    [
      'protocol 0 of Python 2',
      '28647030 0a5327 6d6574726963 270a 70310a 5327 612e63 270a 70320a 73 5327 74797065 270a 70330a 5327 63616368652d7175657279 270a 70340a 732e',
    ],
  ])('answers a request in %s with the bytes that Python writes', (_, hex) => {
    expect(makeStarted().ask(fromHex(hex))).toEqual({ hex: framed(POINT_REPLY_HEX), isOpen: true });
  });

  // {'type': 'cache-query-bulk', 'metrics': ['a.c', 'nope']}
  test.each([
    [
      'protocol 0',
      '286470300a56747970650a70310a5663616368652d71756572792d62756c6b0a70320a73566d6574726963730a70330a286c70340a56612e630a70350a61566e6f70650a70360a61732e',
    ],
    [
      'protocol 1',
      '7d7100285804000000747970657101581000000063616368652d71756572792d62756c6b710258070000006d65747269637371035d7104285803000000612e63710558040000006e6f7065710665752e',
    ],
    [
      'protocol 2',
      '80027d7100285804000000747970657101581000000063616368652d71756572792d62756c6b710258070000006d65747269637371035d7104285803000000612e63710558040000006e6f7065710665752e',
    ],
    [
      'protocol 3',
      '80037d7100285804000000747970657101581000000063616368652d71756572792d62756c6b710258070000006d65747269637371035d7104285803000000612e63710558040000006e6f7065710665752e',
    ],
    [
      'protocol 4',
      '8004953a000000000000007d94288c0474797065948c1063616368652d71756572792d62756c6b948c076d657472696373945d94288c03612e63948c046e6f70659465752e',
    ],
    [
      'protocol 5',
      '8005953a000000000000007d94288c0474797065948c1063616368652d71756572792d62756c6b948c076d657472696373945d94288c03612e63948c046e6f70659465752e',
    ],
  ])('answers a request for several in %s with the bytes that Python writes', (_, hex) => {
    expect(makeStarted().ask(fromHex(hex))).toEqual({ hex: framed(BULK_REPLY_HEX), isOpen: true });
  });

  test('answers each of several requests that arrive together, in their order', () => {
    const requests = ['a.c', 'nope', 'a.c'].map((metric) =>
      pickle(
        new Map([
          ['type', 'cache-query'],
          ['metric', metric],
        ]),
      ),
    );
    expect(makeStarted().askTogether(requests).hex).toBe(
      [POINT_REPLY_HEX, NO_POINT_REPLY_HEX, POINT_REPLY_HEX].map(framed).join(''),
    );
  });

  test('looks a metric up once, however often a request names it', () => {
    const asked: string[] = [];
    const query: Cache['query'] = (path) => {
      asked.push(path);
      return [];
    };
    const cache = { query } as Partial<Cache> as Cache;
    const { files, log } = makeWorld({ seed: 1, startMs: T * 1000 });
    const metrics = Array.from({ length: BULK_METRICS_MAX }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
    const request = new Map<PickleValue, PickleValue>([
      ['type', 'cache-query-bulk'],
      ['metrics', [5, ...metrics.slice(1)]],
    ]);
    const counts = makeReceiveCounts();
    const parts = { cache, files, log, counts, paths: PATH_RULES, hasFractions: false };
    expect(answerQuery(parts, request).ok).toBe(true);
    expect(counts.cacheBulkMetrics).toBe(BULK_METRICS_MAX);
    expect(asked).toEqual(['b', 'a']);
  });

  test.each([
    ['too many metrics', Array.from({ length: BULK_METRICS_MAX + 1 }, (_, i) => `a${i}`)],
    ['a name that no line could hold', ['x'.repeat(LINE_BYTES_MAX + 1)]],
  ])('closes at a request for %s', (_, metrics) => {
    const request = pickle(
      new Map<string, Pickled>([
        ['type', 'cache-query-bulk'],
        ['metrics', metrics],
      ]),
    );
    expect(makeStarted().ask(request)).toEqual({ hex: '', isOpen: false });
  });
});

/** Python's pickle of {'datapoints': [(1700000000, 3.0)]}. */
const POINT_REPLY_HEX =
  '80027d7100580a00000064617461706f696e747371015d71024a00f1536547400800000000000086710361732e';
/** {'datapoints': []} */
const NO_POINT_REPLY_HEX = '80027d7100580a00000064617461706f696e747371015d7102732e';
/** {'datapointsByMetric': {'a.c': [(1700000000, 3.0)], 'nope': []}} */
const BULK_REPLY_HEX =
  '80027d7100581200000064617461706f696e747342794d657472696371017d7102285803000000612e6371035d71044a00f153654740080000000000008671056158040000006e6f706571065d710775732e';

/** With its length in front. */
function framed(hex: string): string {
  return (hex.length / 2).toString(16).padStart(8, '0') + hex;
}

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** Two questions alike: the second answer of a change tells of the first. */
function answersTo(request: readonly [string, Pickled][], reply: Pickled): Uint8Array[] {
  const isChange = request[0]?.[1] === 'set-metadata';
  const second = isChange
    ? new Map([
        ['old_value', 'max'],
        ['new_value', 'max'],
      ])
    : reply;
  return [frameOf(pickle(reply)), frameOf(pickle(second))];
}

interface Reply {
  readonly hex: string;
  readonly isOpen: boolean;
}

interface Started {
  ask(body: Uint8Array): Reply;
  askTogether(bodies: readonly Uint8Array[]): Reply;
}

function makeStarted(): Started {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const carbon = makeCarbon(world, { ...CARBON_DEFAULTS, query: QUERY, ownMetricsIntervalS: 0 });
  carbon.start((opened) => expect(opened.ok && opened.value.query).toEqual(QUERY));
  carbon.append([{ path: 'written', value: 1, time: T }]);
  world.clock.run(world.clock.now() + 1500);
  carbon.append([
    { path: 'a.b', value: 1.5, time: T },
    { path: 'a.b', value: 2, time: T - 60 },
    { path: 'a.c', value: 3, time: T },
  ]);
  let hex = '';
  let isOpen = true;
  let write: (bytes: Uint8Array) => void = () => undefined;
  world.net.connect(QUERY, {
    opened(connection) {
      write = (bytes) => connection.write(bytes);
    },
    received(bytes) {
      hex += Buffer.from(bytes).toString('hex');
    },
    closed() {
      isOpen = false;
    },
  });
  world.clock.run(world.clock.now() + 10);
  function askTogether(bodies: readonly Uint8Array[]): Reply {
    write(new Uint8Array(Buffer.concat(bodies.map(frameOf))));
    world.clock.run(world.clock.now() + 10);
    return { hex, isOpen };
  }

  return { askTogether, ask: (body) => askTogether([body]) };
}
