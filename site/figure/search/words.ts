// A search in words: what is tried at a step, and all that was tried until then.

import { currentNode, type SearchNode, type SearchTree } from '../../../src/python/search-tree.ts';

export function searchSentence(tree: SearchTree, step: number): string {
  const node = currentNode(tree, step);
  if (node === null) {
    const begun = tree.calls.some(({ begins }) => begins <= step);
    return begun ? sumOf(tree) : `No call of ${tree.name} yet.`;
  }
  return `Call ${node.number} of ${tree.calls.length}: ${whatOf(node, step)}.`;
}

function sumOf({ calls, pruned, name }: SearchTree): string {
  const found = calls.some(({ kind, parent }) => kind === 'found' && parent === null);
  const value = calls.findLast((each) => each.parent === null)?.value ?? null;
  const nothing = value === null ? 'It found nothing.' : `It came back with ${value}.`;
  const end = found ? 'It found an answer.' : nothing;
  return `${calls.length} calls of ${name}, ${pruned} ended at once. ${end}`;
}

function whatOf(node: SearchNode, step: number): string {
  const { label, parent } = node;
  const tried = parent === null ? 'the search begins' : `${label} is tried`;
  if ((node.ends ?? Infinity) > step) return tried;
  return `${parent === null ? 'the search' : label} ${endWords(node)}`;
}

function endWords({ kind, value }: SearchNode): string {
  return value === null ? END_WORDS[kind] : `${END_WORDS[kind]} ${value}`;
}

const END_WORDS: Readonly<Record<SearchNode['kind'], string>> = {
  found: 'leads to the answer',
  value: 'came back with',
  pruned: 'is refused at once',
  dead: 'is given up: everything below it failed',
  raised: 'is left by an exception',
  open: 'never came back',
};

export function searchAsText(tree: SearchTree, step: number): readonly string[] {
  return [
    searchSentence(tree, step),
    ...tree.calls
      .filter(({ begins }) => begins <= step)
      .map((node) => {
        const by = node.parent === null ? '' : `, below call ${node.parent.number}`;
        const isOver = (node.ends ?? Infinity) <= step;
        return `Call ${node.number}${by}: ${node.label}${isOver ? ` ${endWords(node)}` : ' is tried'}.`;
      }),
    ...gridAsText(tree, step),
  ];
}

/** The rows of the grid that the running call was given. */
function gridAsText(tree: SearchTree, step: number): readonly string[] {
  const node = gridNode(tree, step);
  if (node?.grid == null || tree.size === 0) return [];
  const { grid } = node;
  return [
    `The grid of call ${node.number}, row by row, with what is still possible:`,
    ...Array.from({ length: tree.size }, (_, row) =>
      grid
        .slice(row * tree.size, (row + 1) * tree.size)
        .map((text) => (text === '' ? 'empty' : text))
        .join(' '),
    ),
  ];
}

/** The call whose grid is shown: the running one, or the nearest above it that has one. */
export function gridNode(tree: SearchTree, step: number): SearchNode | null {
  let node = currentNode(tree, step) ?? tree.calls.findLast(({ begins }) => begins <= step) ?? null;
  while (node !== null && node.grid === null) node = node.parent;
  return node;
}
