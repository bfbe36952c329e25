import { expect, test } from 'vitest';
import { makeWhisperStore, type WhisperTree } from '../../src/api/whisper-store.ts';
import { good } from '../../src/core/base/result.ts';
import type { Point } from '../../src/core/carbon/point.ts';

const tree: WhisperTree = {
  find: () => [{ path: 'a.b', isLeaf: true, name: 'b' }],
  fetch: (path, from, until) =>
    good(
      path === 'a.b'
        ? { start: from + 1, end: until + 1, step: 1, values: new Float64Array(until - from) }
        : null,
    ),
  reach: () => null,
  why: () => [],
  exists: (path) => path === 'a.b',
};
const request = { paths: ['a.b', 'no'], fromS: 10, untilS: 12, nowS: 12 };

test('points that are not written yet are put into what the file has', async () => {
  const waiting: Point = { path: 'a.b', time: 12, value: 7 };
  const store = makeWhisperStore({
    tree,
    cache: {
      cached: () => [waiting],
      merge: (_, slots, points) => ({
        ...slots,
        values: slots.values.map(
          (value, index) =>
            points.find((point) => point.time === slots.start + index)?.value ?? value,
        ),
      }),
    },
    take: null,
  });
  expect(await store.read(request)).toEqual([
    { path: 'a.b', start: 11, end: 13, step: 1, values: Float64Array.of(0, 7) },
    null,
  ]);
});

test('a store without a cache reads the files alone, and one that cannot take points says so', async () => {
  const store = makeWhisperStore({ tree, cache: null, take: null });
  expect((await store.read(request))[0]).toMatchObject({ values: Float64Array.of(0, 0) });
  expect(await store.append([{ path: 'a', time: 1, value: 1 }])).toMatchObject({ ok: false });
  expect(await store.missing('no')).toBe(true);
  expect(await store.missing('a.b')).toBe(false);
});

test('points given to the store are handed on', async () => {
  const taken: Point[] = [];
  const take = (batch: readonly Point[]): ReturnType<typeof good<null>> => {
    taken.push(...batch);
    return good(null);
  };
  const point: Point = { path: 'a', time: 1, value: 1 };
  await makeWhisperStore({ tree, cache: null, take }).append([point]);
  expect(taken).toEqual([point]);
});
