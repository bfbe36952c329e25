// A search as a tree: what was tried, where it ended at once, and which way led to the answer.
//
//   start ── A1=3 ── B2=4 ✕            pruned   it came back at once, without trying anything
//         │        └ B2=1 ── ...       dead     everything below it failed
//         ├ A1=4 ── ...  0             value    it came back with something that says neither
//         └ A1=2 ── ...  solved        found    it is on the way to the answer

import type { Trace, TraceSearchCall } from './trace.ts';

export interface SearchTree {
  readonly name: string;
  readonly calls: readonly SearchNode[];
  readonly pruned: number;
  /** Rows and columns of the grid; 0 when there is none. */
  readonly size: number;
}

export interface SearchNode {
  /** From 1. */
  readonly number: number;
  readonly parent: SearchNode | null;
  readonly children: SearchNode[];
  /** `A1=3`, `3`, `start`; without a grid the argument. */
  readonly label: string;
  readonly kind: 'found' | 'value' | 'pruned' | 'dead' | 'raised' | 'open';
  /** What came back, where that is shown: `0`, `[]`. */
  readonly value: string | null;
  readonly grid: readonly string[] | null;
  /** The square that was chosen, as far as it is known. */
  readonly square: number | null;
  readonly begins: number;
  readonly ends: number | null;
}

/** Null when the function was never called. */
export function searchTree({ search, steps }: Trace): SearchTree | null {
  if (search === undefined || search.calls.length === 0) return null;
  const cells = search.calls.find(({ grid }) => grid !== null)?.grid?.length ?? 0;
  const size = Math.sqrt(cells);
  const nodes: SearchNode[] = [];
  const hasChild = new Set(search.calls.map(({ parent }) => parent));
  search.calls.forEach((call, at) => {
    const parent = call.parent === null ? null : (nodes[call.parent] ?? null);
    const square = squareOf(call, parent);
    const node: SearchNode = {
      number: at + 1,
      parent,
      children: [],
      label: labelOf(call, square, size, parent),
      kind: kindOf(call, hasChild.has(at)),
      value: call.result === 'value' ? (steps[call.ends ?? -1]?.value?.text ?? null) : null,
      grid: call.grid,
      square,
      begins: call.begins,
      ends: call.ends,
    };
    parent?.children.push(node);
    nodes.push(node);
  });
  const pruned = nodes.filter(({ kind }) => kind === 'pruned').length;
  return { name: search.name, calls: nodes, pruned, size };
}

function kindOf({ result }: TraceSearchCall, hasChildren: boolean): SearchNode['kind'] {
  if (result === 'nothing') return hasChildren ? 'dead' : 'pruned';
  return result ?? 'open';
}

/** The square that was filled since the call above, or, where many were, the one that the caller's names tell. */
function squareOf({ choice, grid }: TraceSearchCall, parent: SearchNode | null): number | null {
  const told = choice?.[0] ?? null;
  const before = parent?.grid ?? null;
  if (grid === null || before === null) return told;
  const filled = grid.flatMap((text, at) => (text.length === 1 && before[at] !== text ? [at] : []));
  if (filled.length === 1) return filled[0] ?? null;
  if (told !== null && grid[told] === choice?.[1]) return told;
  return filled.find((at) => grid[at] === choice?.[1]) ?? filled[0] ?? told;
}

const LABEL_CHARACTERS_MAX = 7;

function labelOf(
  { choice, grid, text }: TraceSearchCall,
  square: number | null,
  size: number,
  parent: SearchNode | null,
): string {
  if (parent === null) return 'start';
  if (size === 0) return text.slice(0, LABEL_CHARACTERS_MAX);
  const value = (square === null ? undefined : grid?.[square]) ?? choice?.[1];
  if (value === undefined) return `try ${parent.children.length + 1}`;
  return square === null ? value : `${squareName(square, size)}=${value}`;
}

/** `A1` is the first row's first square, as in Norvig's essay. */
export function squareName(square: number, size: number): string {
  return `${String.fromCharCode(65 + Math.floor(square / size))}${(square % size) + 1}`;
}

/** The call that runs at a step; null before the first and after the last. */
export function currentNode({ calls }: SearchTree, step: number): SearchNode | null {
  return calls.findLast(({ begins, ends }) => begins <= step && (ends ?? Infinity) >= step) ?? null;
}

/** What an empty square may still hold by the rules, for a grid that does not say it itself. */
export function pencilMarks(grid: readonly string[], size: number): readonly string[] {
  const box = BOXES[size];
  if (box === undefined || grid.some((text) => text.length > 1)) return grid;
  const [rows, columns] = box;
  const digits = Array.from({ length: size }, (_, at) => String(at + 1));
  return grid.map((text, at) => {
    if (text !== '') return text;
    const [row, column] = [Math.floor(at / size), at % size];
    const seen = grid.filter((_, other) => {
      const [r, c] = [Math.floor(other / size), other % size];
      const isInBox =
        Math.floor(r / rows) === Math.floor(row / rows) &&
        Math.floor(c / columns) === Math.floor(column / columns);
      return r === row || c === column || isInBox;
    });
    return digits.filter((digit) => !seen.includes(digit)).join('');
  });
}

/** Rows and columns of a box. */
const BOXES: Readonly<Record<number, readonly [rows: number, columns: number]>> = {
  4: [2, 2],
  6: [2, 3],
  9: [3, 3],
};
