// Where each call of a search stands: a tidy tree that grows to the right, since a search is wide.

import { hierarchy, tree as tidyTree } from 'd3-hierarchy';
import type { SearchNode, SearchTree } from '../../../src/python/search-tree.ts';

export const NODE_WIDTH = 62;
export const NODE_HEIGHT = 24;
const COLUMN = NODE_WIDTH + 30;
const ROW = NODE_HEIGHT + 8;
const PADDING = 16;

export interface PlacedNode {
  readonly node: SearchNode;
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
  /** The line from the call that made it; empty for the first. */
  readonly path: string;
}

export interface SearchLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
}

interface Place {
  readonly node: SearchNode | null;
  readonly children: readonly Place[];
}

export function layOutSearch(tree: SearchTree): SearchLayout {
  const roots = tree.calls.filter(({ parent }) => parent === null);
  const placeOf = (node: SearchNode): Place => ({ node, children: node.children.map(placeOf) });
  const top: Place = { node: null, children: roots.map(placeOf) };
  const laid = tidyTree<Place>().nodeSize([ROW, COLUMN])(
    hierarchy(top, (each) => [...each.children]),
  );
  const all = laid.descendants().filter(({ data }) => data.node !== null);
  const least = Math.min(...all.map(({ x }) => x));
  const nodes = all.flatMap((each): PlacedNode[] => {
    const { node } = each.data;
    if (node === null) return [];
    const x = (each.depth - 1) * COLUMN + PADDING;
    const y = each.x - least + PADDING;
    const from = each.parent?.data.node ? each.parent.x - least + PADDING + NODE_HEIGHT / 2 : null;
    const middle = y + NODE_HEIGHT / 2;
    const bend = x - (COLUMN - NODE_WIDTH) / 2;
    const path =
      from === null
        ? ''
        : `M${x - COLUMN + NODE_WIDTH} ${round(from)}H${bend}V${round(middle)}H${x}`;
    return [{ node, x, y: round(y), path }];
  });
  const deepest = Math.max(...all.map(({ depth }) => depth));
  return {
    width: deepest * COLUMN - (COLUMN - NODE_WIDTH) + 2 * PADDING,
    height: Math.max(...nodes.map(({ y }) => y)) + NODE_HEIGHT + PADDING,
    nodes,
  };
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}
