// What the table beside a call tree says of functools' caches, compared with their own cache_info() and with a model of
// an LRU table, for random calls.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { treeAsText } from '../../site/figure/call-tree-words.ts';
import { hitsAt, letGoAt, tableAt } from '../../src/python/cache-table.ts';
import { callTree, type CallTree } from '../../src/python/call-tree.ts';
import type { Python } from '../../src/python/client.ts';
import { timesInTier } from '../tools/tier.ts';
import { startPython } from './thread.ts';

const PROGRAMS = timesInTier(200);
const SEED = 20261126;

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

async function run(code: string): Promise<{ tree: CallTree; printed: string; last: number }> {
  const { trace, output } = await python.run(code, { watch: { view: 'calltree', of: 'f' } });
  const tree = trace && callTree(trace, 'f');
  if (!tree) throw new Error(`No tree of ${code}`);
  return {
    tree,
    printed: output.map(({ text }) => text).join(''),
    last: trace.steps.length - 1,
  };
}

/** What an LRU table of that size does, written down without linked lists. */
function model(keys: readonly number[], size: number | null) {
  const kept: { key: number; hits: number; used: number }[] = [];
  const gone: number[] = [];
  let hits = 0;
  keys.forEach((key, now) => {
    const row = kept.find((each) => each.key === key);
    if (row !== undefined) {
      hits += 1;
      row.hits += 1;
      row.used = now;
      return;
    }
    if (size === 0) return;
    if (size !== null && kept.length >= size) {
      const oldest = kept.reduce((one, two) => (two.used < one.used ? two : one));
      kept.splice(kept.indexOf(oldest), 1);
      gone.push(oldest.key);
    }
    kept.push({ key, hits: 0, used: now });
  });
  return { kept: kept.map((each) => [each.key, each.hits]), gone, hits };
}

const plainCalls = (
  size: string,
  keys: readonly number[],
): string => `from functools import lru_cache

@lru_cache(maxsize=${size})
def f(n):
    return n * 10

for n in ${JSON.stringify(keys)}:
    f(n)
print(f.cache_info())
`;

describe('The table of a cache', () => {
  it(`keeps, answers and lets go as an LRU table does, for ${PROGRAMS} random programs [seed ${SEED}]`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(null, 0, 1, 2, 3, 5),
        async (keys, size) => {
          const { tree, printed, last } = await run(plainCalls(String(size ?? 'None'), keys));
          const told = model(keys, size);
          expect(
            tableAt(tree.rows, last).map((row) => [Number(row.arguments), hitsAt(row, last)]),
          ).toEqual(told.kept);
          expect(letGoAt(tree.rows, last).map((row) => Number(row.arguments))).toEqual(told.gone);
          expect([tree.calls.length, tree.hits]).toEqual([keys.length, told.hits]);
          expect(printed).toBe(
            `CacheInfo(hits=${told.hits}, misses=${keys.length - told.hits}, maxsize=${size ?? 'None'}, currsize=${told.kept.length})\n`,
          );
        },
      ),
      { numRuns: PROGRAMS, seed: SEED },
    );
  });

  it('is emptied by cache_clear(), and says what is worked out again because of it', async () => {
    const { tree, last } = await run(
      'from functools import cache\n@cache\ndef f(n):\n    return n\nf(1)\nf(2)\nf.cache_clear()\nx = 0\nf(1)',
    );
    expect(tree.rows.map(({ arguments: key, until }) => [key, until === null])).toEqual([
      ['1', false],
      ['2', false],
      ['1', true],
    ]);
    expect(treeAsText(tree, last).slice(-3)).toEqual([
      'Call 3: f(1) gives 1, worked out again: the table had let it go.',
      'The table keeps 1 with 1.',
      'It has let go of 1, 2, in this order.',
    ]);
  });

  it('runs no code of the keys, and loses nothing when they raise', async () => {
    const code = `from functools import lru_cache

class Key:
    asked = 0
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        Key.asked += 1
        return self.n
    def __eq__(self, other):
        Key.asked += 1
        return self.n == other.n
    def __repr__(self):
        return f"Key({self.n})"

@lru_cache(maxsize=2)
def f(key):
    if key.n > 8:
        raise ValueError(key.n)
    return key.n

for n in (1, 2, 1, 3, 2):
    f(Key(n))
try:
    f(Key(9))
except ValueError:
    pass
print(Key.asked)
`;
    const { tree, printed, last } = await run(code);
    const alone = await python.run(code);
    expect(printed).toBe(alone.output.map(({ text }) => text).join(''));
    expect(tableAt(tree.rows, last).map(({ value }) => value)).toEqual(['3', '2']);
    expect(letGoAt(tree.rows, last).map(({ value }) => value)).toEqual(['2', '1']);
  });

  it('counts what it saved, however much that is', async () => {
    const { tree, last } = await run(
      'from functools import cache\n@cache\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nf(90)',
    );
    expect(treeAsText(tree, last)[0]).toBe(
      '179 calls of f: 88 answered from the table, 91 computed. Without the table: over 9 quadrillion.',
    );
    const { tree: small } = await run(
      'from functools import cache\n@cache\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nf(25)',
    );
    expect(small.calls.length + small.saved).toBe(242_785);
  });

  it.each([
    [
      'that keeps all answers',
      'table = {}\ndef f(n):\n    if n in table:\n        return table[n]\n    if n < 2:\n        answer = n\n    else:\n        answer = f(n - 1) + f(n - 2)\n    table[n] = answer\n    return answer\n',
    ],
    [
      'with the smallest ones above it',
      'table = {}\ndef f(n):\n    if n < 2:\n        return n\n    if n not in table:\n        table[n] = f(n - 1) + f(n - 2)\n    return table[n]\n',
    ],
    [
      'that looks before it works anything out',
      'table = {}\ndef f(n):\n    if n not in table:\n        table[n] = n if n < 2 else f(n - 1) + f(n - 2)\n    return table[n]\n',
    ],
    [
      'in a wrapper',
      'table = {}\ndef keep(g):\n    def look(n):\n        if n not in table:\n            table[n] = g(n)\n        return table[n]\n    return look\n@keep\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n',
    ],
  ])('of the program itself, %s, holds what the dict holds', async (_, code) => {
    const { tree, printed, last } = await run(`${code}f(7)\nprint(*table)`);
    expect(
      tableAt(tree.rows, last)
        .map((row) => row.arguments)
        .join(' '),
    ).toBe(printed.trim());
  });
});
