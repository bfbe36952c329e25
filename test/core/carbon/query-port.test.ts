import { describe, expect, test } from 'vitest';
import { makeCarbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS } from '../../../src/core/carbon/config.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import { pickle, type Pickled } from '../../../src/core/carbon/pickle-out.ts';
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

  test('reads the request that graphite-web sends, protocol 5', () => {
    const { ask } = makeStarted();
    const body = Buffer.from(
      '8005952900000000000000' +
        '7d94288c0474797065948c0b63616368652d7175657279948c066d6574726963948c03612e6394752e',
      'hex',
    );
    const reply = pickle(new Map([['datapoints', [{ tuple: [BigInt(T), 3] }]]]));
    expect(ask(new Uint8Array(body)).hex).toBe(Buffer.from(frameOf(reply)).toString('hex'));
  });
});

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

function makeStarted(): { ask: (body: Uint8Array) => { hex: string; isOpen: boolean } } {
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
  return {
    ask(body) {
      write(frameOf(body));
      world.clock.run(world.clock.now() + 10);
      return { hex, isOpen };
    },
  };
}
