import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCache } from '../../../src/core/carbon/cache.ts';
import { mergeCached } from '../../../src/core/carbon/merge.ts';
import { makeTokens } from '../../../src/core/carbon/tokens.ts';
import { makeWriteOrder, type Strategy } from '../../../src/core/carbon/write-order.ts';

const SEED = 2003;
const RUNS = 300;

describe('the cache', () => {
  test('keeps the last value of each time, in the order of arrival', () => {
    const cache = makeCache(10);
    cache.store(cache.idOf('a'), 20, 1);
    cache.store(cache.idOf('a'), 10, 2);
    cache.store(cache.idOf('a'), 20, 3);
    expect(cache.query('a')).toEqual([
      { time: 20, value: 3 },
      { time: 10, value: 2 },
    ]);
    expect([
      cache.size(),
      cache.queues(),
      cache.count(cache.idOf('a')),
      cache.oldest(cache.idOf('a')),
    ]).toEqual([2, 1, 2, 10]);
  });

  test('knows a name with half a surrogate by one number, as its file has one name', () => {
    const cache = makeCache(10);
    cache.store(cache.idOf('a.\ud800'), 10, 1);
    cache.store(cache.idOf('a.\ud800'), 20, 2);
    expect(cache.paths()).toEqual(['a.\ufffd']);
    expect(cache.query('a.\ufffd')).toHaveLength(2);
    cache.remove(cache.idOf('a.\ud800'));
    expect(cache.size()).toBe(0);
  });

  test('when full takes only values for times that wait already', () => {
    const cache = makeCache(1);
    expect(cache.store(cache.idOf('a'), 10, 1)).toBe(true);
    expect(cache.store(cache.idOf('a'), 20, 1)).toBe(false);
    expect(cache.store(cache.idOf('b'), 10, 1)).toBe(false);
    expect(cache.paths()).toEqual(['a']);
    expect(cache.store(cache.idOf('a'), 10, 2)).toBe(true);
    cache.remove(cache.idOf('a'));
    expect(cache.size()).toBe(0);
    expect(cache.store(cache.idOf('b'), 10, 1)).toBe(true);
  });

  test(`counts what a map of maps holds (seed ${SEED})`, () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(9), fc.nat(99), fc.nat(9)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const cache = makeCache(12);
        const model = new Map<string, number>();
        for (const [path, time, value, dice] of list) {
          const key = `${path} ${time}`;
          if (dice === 0) {
            cache.remove(cache.idOf(path));
            for (const other of model.keys()) if (other.startsWith(`${path} `)) model.delete(other);
          } else if (cache.store(cache.idOf(path), time, value)) model.set(key, value);
          else expect(model.size).toBe(12);
        }
        const held = cache
          .paths()
          .flatMap((path) =>
            cache.query(path).map(({ time, value }) => [`${path} ${time}`, value]),
          );
        expect(new Map(held as [string, number][])).toEqual(model);
        expect(cache.size()).toBe(model.size);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

test.each<[Strategy, string[]]>([
  ['sorted', ['big', 'two', 'old']],
  ['max', ['big', 'two', 'old']],
  ['bucketmax', ['big', 'two', 'old']],
  ['timesorted', ['old', 'big', 'two']],
  ['naive', ['old', 'two', 'big']],
])('the strategy %s writes %j', (strategy, wanted) => {
  const cache = makeCache(100);
  for (const time of [20, 30, 40]) cache.store(cache.idOf('big'), time, 1);
  for (const time of [50, 60]) cache.store(cache.idOf('two'), time, 1);
  cache.store(cache.idOf('old'), 10, 1);
  const order = makeWriteOrder(strategy, cache, 0);
  order.beginTurn(0);
  const written = [order.next(), order.next(), order.next()].map((id) => cache.pathOf(id ?? -1));
  expect(written).toEqual(wanted);
  expect(order.next()).toBeNull();
});

test('a round of "sorted" goes on over turns, "max" begins anew', () => {
  for (const [strategy, second] of [
    ['sorted', 'b'],
    ['max', 'c'],
  ] as const) {
    const cache = makeCache(100);
    for (const time of [1, 2, 3]) cache.store(cache.idOf('a'), time, 1);
    for (const time of [1, 2]) cache.store(cache.idOf('b'), time, 1);
    const order = makeWriteOrder(strategy, cache, 0);
    order.beginTurn(0);
    expect(order.next()).toBe(cache.idOf('a'));
    cache.remove(cache.idOf('a'));
    for (const time of [1, 2, 3, 4]) cache.store(cache.idOf('c'), time, 1);
    order.beginTurn(0);
    expect(order.next()).toBe(cache.idOf(second));
  }
});

test('tokens come back with time, up to the capacity', () => {
  const tokens = makeTokens(2, 1);
  expect([0, 0, 0, 500, 1000, 1000].map((nowMs) => tokens.take(nowMs))).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
  expect([90_000, 90_000, 90_000].map((nowMs) => tokens.take(nowMs))).toEqual([true, true, false]);
  expect(makeTokens(Infinity, Infinity).take(0)).toBe(true);
});

describe('cached points over a fetched window', () => {
  const slots = { start: 100, end: 140, step: 10, values: Float64Array.of(1, 2, NaN, NaN) };

  test('take the place of what the file says, the last in each slot', () => {
    const cached = [
      { time: 129, value: 8 },
      { time: 121, value: 7 },
      { time: 110, value: 5 },
      { time: 99, value: 9 },
      { time: 140, value: 9 },
    ];
    expect([...mergeCached(slots, cached, 10, 'average').values]).toEqual([1, 5, 8, NaN]);
    expect([...slots.values]).toEqual([1, 2, NaN, NaN]);
  });

  test('are put together by the method of the file where the window is coarser', () => {
    const cached = [
      { time: 124, value: 4 },
      { time: 121, value: 7 },
      { time: 122, value: 1 },
      { time: 123, value: 2 },
    ];
    expect([...mergeCached(slots, cached, 2, 'sum').values]).toEqual([1, 2, 13, NaN]);
    expect([...mergeCached(slots, cached, 2, 'last').values]).toEqual([1, 2, 4, NaN]);
    expect([...mergeCached(slots, cached, 2, 'average').values]).toEqual([1, 2, 13 / 3, NaN]);
  });
});
