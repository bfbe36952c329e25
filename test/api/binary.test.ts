// Series and nodes as pickle and msgpack; test/peers has Python read them.

import { describe, expect, it, test } from 'vitest';
import { msgpack, type Packed } from '../../src/core/base/msgpack.ts';
import { unpickle } from '../../src/core/carbon/pickle-in.ts';
import { makeApp } from '../../src/api/app.ts';
import type { Store } from '../../src/api/store.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS, NOW_S } from '../tools/recorded-metrics.ts';
import { makeRecordedApp, ORIGIN, stoppedClock } from './recorded.ts';

const app = makeRecordedApp();

async function get(
  path: string,
): Promise<{ readonly type: string | null; readonly bytes: Uint8Array }> {
  const answer = await app.request(`${ORIGIN}${path}`);
  expect(answer.status).toBe(200);
  return {
    type: answer.headers.get('content-type'),
    bytes: new Uint8Array(await answer.arrayBuffer()),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const RANGE = 'now=1700000040&from=-6min&until=now';

describe('series for other servers', () => {
  /** What graphite-web answered to format=msgpack for a.b.c. */
  const RECORDED =
    '9189a46e616d65a5612e622e63a57374617274ce6553effca3656e64ce6553f164a4737465703ca676616c75657396cb4014000000000000cb4018000000000000cb401c000000000000cb4020000000000000cb4022000000000000cb4024000000000000ae7061746845787072657373696f6ea5612e622e63ae76616c756573506572506f696e7401b1636f6e736f6c69646174696f6e46756e63a761766572616765ac7846696c6573466163746f72cb0000000000000000';

  it('msgpack is to the byte what graphite-web answered', async () => {
    const { type, bytes } = await get(`/render?${RANGE}&format=msgpack&target=a.b.c`);
    expect(type).toBe('application/x-msgpack');
    expect(hex(bytes)).toBe(RECORDED);
  });

  it.each(['format=pickle', 'pickle=1', 'format=pickle&rawData=1'])(
    '%s is a pickle of the same',
    async (asked) => {
      const { type, bytes } = await get(`/render?${RANGE}&${asked}&target=a.b.c`);
      expect(type).toBe('application/pickle');
      const read = unpickle(bytes);
      expect(read.ok && read.value).toEqual([
        new Map<string, unknown>([
          ['name', 'a.b.c'],
          ['start', 1699999740],
          ['end', 1700000100],
          ['step', 60],
          ['values', [5, 6, 7, 8, 9, 10]],
          ['pathExpression', 'a.b.c'],
          ['valuesPerPoint', 1],
          ['consolidationFunc', 'average'],
          ['xFilesFactor', 0],
        ]),
      ]);
    },
  );

  it('gaps are None and nil', async () => {
    const { bytes } = await get(`/render?${RANGE}&format=pickle&target=a.x.c`);
    const read = unpickle(bytes);
    expect(read.ok && (read.value as Map<string, unknown>[])[0]?.get('values')).toEqual([
      null,
      null,
      5,
      5,
      5,
      5,
    ]);
    const packed = await get(`/render?${RANGE}&format=msgpack&target=a.x.c`);
    expect(hex(packed.bytes)).toContain('a676616c75657396c0c0cb4014000000000000');
  });
});

test('nodes for other servers say from when until when a leaf has data', async () => {
  const { type, bytes } = await get('/metrics/find?query=a.b.*&format=msgpack');
  expect(type).toBe('application/x-msgpack');
  const leaf = (path: string): Packed =>
    new Map<string, Packed>([
      ['path', path],
      ['is_leaf', true],
      ['intervals', [[NOW_S - 86_400, NOW_S]]],
    ]);
  expect(hex(bytes)).toBe(hex(msgpack([leaf('a.b.c'), leaf('a.b.d')])));
  const branches = await get('/metrics/find?query=a.*&format=msgpack');
  const branch = (path: string): Packed =>
    new Map<string, Packed>([
      ['path', path],
      ['is_leaf', false],
    ]);
  expect(hex(branches.bytes)).toBe(hex(msgpack([branch('a.b'), branch('a.x')])));
});

test.each<readonly [bytes: string, value: Packed]>([
  ['c0', null],
  ['c3', true],
  ['cb4014000000000000', 5],
  ['00', 0n],
  ['7f', 127n],
  ['cc80', 128n],
  ['cd0100', 256n],
  ['ce00010000', 65_536n],
  ['cf0000000100000000', 4_294_967_296n],
  ['ff', -1n],
  ['e0', -32n],
  ['d0df', -33n],
  ['d1ff7f', -129n],
  ['d2ffff7fff', -32_769n],
  ['d3ffffffff7fffffff', -2_147_483_649n],
  ['a2c3a9', 'é'],
  [`d920${'78'.repeat(32)}`, 'x'.repeat(32)],
  [`da0100${'78'.repeat(256)}`, 'x'.repeat(256)],
  ['9201a161', [1n, 'a']],
  [`dc0010${'01'.repeat(16)}`, Array.from({ length: 16 }, () => 1n)],
  ['81a161c0', new Map([['a', null]])],
  ['92c0cb3ff0000000000000', Float64Array.of(NaN, 1)],
])('%s is written in MessagePack', (bytes, value) => {
  expect(hex(msgpack(value))).toBe(bytes);
});

test('a leaf without data in the time that is asked for is not found', async () => {
  const store: Store = {
    ...makeMemoryStore(METRICS),
    reach: (paths, nowS) =>
      Promise.resolve(
        paths.map((path) => ({ startS: nowS - 3600, endS: path === 'a.b.c' ? nowS - 600 : nowS })),
      ),
  };
  const some = makeApp({ store, clock: stoppedClock });
  const find = async (query: string): Promise<readonly string[]> => {
    const answer = await some.request(`${ORIGIN}/metrics/find?query=a.b.*&${query}`);
    return ((await answer.json()) as { text: string }[]).map(({ text }) => text);
  };
  expect(await find('')).toEqual(['c', 'd']);
  expect(await find('from=-20min')).toEqual(['c', 'd']);
  expect(await find('from=-5min')).toEqual(['d']);
  expect(await find('from=-1')).toEqual(['c', 'd']);
  expect(await find('from=-3h&until=-2h')).toEqual([]);
});
