// Calls, hits and saved calls, counted by hand for fib(6) and for paths on a grid of 3 x 4.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { layOutCalls } from '../../site/figure/call-tree-layout.ts';
import { callSentence, treeAsText } from '../../site/figure/call-tree-words.ts';
import { withoutCache } from '../../src/lesson/cache-lines.ts';
import type { Recorded } from '../../src/lesson/recorded.ts';
import {
  callTree,
  currentCall,
  treeStops,
  type CallNode,
  type CallTree,
} from '../../src/python/call-tree.ts';
import { hitsAt, tableAt } from '../../src/python/cache-table.ts';

const file = fileURLToPath(new URL('../../lessons/00-every-kind/recorded.json', import.meta.url));
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

function treeOf(cell: string, name: string | null = null): { tree: CallTree; last: number } {
  const trace = recorded.cells[cell]?.trace;
  if (!trace) throw new Error(`There is no trace of "${cell}".`);
  const tree = callTree(trace, name);
  if (tree === null) throw new Error(`"${cell}" has no calls.`);
  return { tree, last: trace.steps.length - 1 };
}

const kinds = ({ calls }: CallTree, kind: CallNode['kind']): readonly number[] =>
  calls.filter((call) => call.kind === kind).map(({ number }) => number);

describe('a call tree', () => {
  it('has every call of a plain recursion, and marks the repeated ones', () => {
    const { tree } = treeOf('fib-plain');
    expect([tree.name, tree.calls.length, tree.hits, tree.saved]).toEqual(['fib', 25, 0, 0]);
    expect(kinds(tree, 'computed')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(kinds(tree, 'repeated')).toHaveLength(18);
    expect(tree.calls.map(({ result }) => result).slice(0, 7)).toEqual([
      '8',
      '5',
      '3',
      '2',
      '1',
      '1',
      '0',
    ]);
  });

  it('takes a wrapper and its function for one call, and sees what the table answers', () => {
    const { tree } = treeOf('fib-remember', 'fib');
    expect([tree.calls.length, tree.hits, tree.saved]).toEqual([11, 4, 14]);
    expect(kinds(tree, 'hit')).toEqual([8, 9, 10, 11]);
    const last = tree.calls.at(-1);
    expect([last?.arguments, last?.result, last?.parent?.number]).toEqual(['4', '3', 1]);
    // fib(4) would have called fib(3) and fib(2), which call others.
    expect(last?.saved.map((each) => each.arguments)).toEqual(['3', '2']);
  });

  it('sees the answers of functools.cache, with all arguments in the key', () => {
    const { tree } = treeOf('paths-cache', 'paths');
    expect([tree.calls.length, tree.hits, tree.saved]).toEqual([13, 2, 6]);
    expect(tree.calls.filter(({ kind }) => kind === 'hit').map((call) => call.arguments)).toEqual([
      '2, 3',
      '2, 2',
    ]);
  });

  it.each(['fib-plain', 'fib-remember', 'paths-cache'])(
    'of %s holds every call once, each below the call that made it, in order',
    (cell) => {
      const { tree } = treeOf(cell, cell.startsWith('fib') ? 'fib' : 'paths');
      const walk = (call: CallNode): readonly CallNode[] => [call, ...call.children.flatMap(walk)];
      const walked = tree.roots.flatMap(walk);
      expect(walked.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
        tree.calls.map((_, at) => at + 1),
      );
      for (const call of walked)
        for (const child of call.children) {
          expect(child.parent).toBe(call);
          expect(child.number).toBeGreaterThan(call.number);
        }
    },
  );

  it('has no tree for a name that was never called', () => {
    const trace = recorded.cells['fib-plain']?.trace;
    expect(trace && callTree(trace, 'factorial')).toBeNull();
  });
});

describe('the table beside the tree', () => {
  it('fills in the order in which answers came, with who made them and how often they were used', () => {
    const { tree, last } = treeOf('fib-remember', 'fib');
    expect(tableAt(tree.rows, 0)).toEqual([]);
    expect(
      tableAt(tree.rows, last).map((row) =>
        [row.arguments, row.value, row.madeBy, hitsAt(row, last)].join(' '),
      ),
    ).toEqual(['1 1 6 1', '0 0 7 0', '2 1 5 1', '3 2 4 1', '4 3 3 1', '5 5 2 0', '6 8 1 0']);
  });

  it('is not there for a function that keeps nothing', () => {
    expect(treeOf('fib-plain').tree.rows).toEqual([]);
  });
});

describe('the tree in words', () => {
  it('says what each call does, and at the end what the table saved', () => {
    const { tree, last } = treeOf('fib-remember', 'fib');
    expect(callSentence(tree, 0)).toBe('No call of fib yet.');
    expect(callSentence(tree, last)).toBe(
      '11 calls of fib: 4 answered from the table, 7 computed. Without the table: 25.',
    );
    const words = treeAsText(tree, last);
    expect(words).toHaveLength(13);
    expect(words[12]).toBe(
      'The table keeps 1 with 1, asked for once; 0 with 0; 2 with 1, asked for once; 3 with 2, asked for once; 4 with 3, asked for once; 5 with 5; 6 with 8.',
    );
    expect(words[11]).toBe(
      'Call 11, made by call 1: fib(4) is answered from the table, 3; nothing below it runs.',
    );
  });

  it('stops where a call begins or comes back, and nowhere else', () => {
    const { tree, last } = treeOf('fib-remember', 'fib');
    const stops = treeStops(tree, last);
    expect(stops[0]).toBe(0);
    expect(stops.at(-1)).toBe(last);
    for (const stop of stops.slice(1, -1)) expect(currentCall(tree, stop)).not.toBeNull();
  });
});

describe('the layout of a tree', () => {
  it.each(['fib-plain', 'fib-remember', 'paths-cache'])('of %s keeps its boxes apart', (cell) => {
    const { tree } = treeOf(cell, cell.startsWith('fib') ? 'fib' : 'paths');
    const { calls, saved, width } = layOutCalls(tree);
    const boxes = [
      ...calls.map(({ x, y, width: wide }) => ({ left: x - wide / 2, right: x + wide / 2, y })),
      ...saved.map(({ x, y }) => ({ left: x - 12, right: x + 12, y })),
    ].toSorted((one, two) => one.y - two.y || one.left - two.left);
    boxes.forEach((box, at) => {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(width);
      const next = boxes[at + 1];
      if (next?.y === box.y) expect(next.left).toBeGreaterThan(box.right);
    });
  });
});

describe('a program without its cache', () => {
  it.each([
    ['@cache\ndef f(n):\n    return n', 'def f(n):\n    return n'],
    [
      'x = 1\n@lru_cache(maxsize=2)  # two\n@logged\ndef f(n):\n    return n',
      'x = 1\ndef f(n):\n    return n',
    ],
    ['def f(n):\n    return n', null],
    ['@cache\ndef g(n):\n    return n\ndef f(n):\n    return g(n)', null],
  ])('of %j is %j', (code, bare) => {
    expect(withoutCache(code, 'f')).toBe(bare);
  });
});
