// Where each call of a call tree stands: as d3-hierarchy lays a tidy tree out, calls that did not happen too.

import { hierarchy, tree as tidyTree, type HierarchyPointNode } from 'd3-hierarchy';
import type { CallNode, CallTree, SavedCall } from '../../src/python/call-tree.ts';
import { fitMono, monoWidth } from './measure.ts';

export const CALL_HEIGHT = 34;
export const SAVED_SIZE = 24;
export const CALL_TEXT_SIZE = 12;
const LEVEL_HEIGHT = 66;
/** The number of a call stands left of it; a saved call has none. */
const CALL_GAP = 22;
const SAVED_GAP = 12;
const PADDING = 24;
const LABEL_CHARACTERS_MAX = 22;

export interface PlacedCall {
  readonly call: CallNode;
  readonly label: string;
  /** Middle of its upper edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedSaved {
  /** The call on whose account it was saved. */
  readonly hit: CallNode;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface TreeLine {
  readonly path: string;
  /** The line is there when this call is; a line to a saved call when its hit is. */
  readonly call: CallNode;
  readonly isSaved: boolean;
  readonly from: Point;
  readonly to: Point;
}

export interface CallTreeLayout {
  readonly width: number;
  readonly height: number;
  readonly calls: readonly PlacedCall[];
  readonly saved: readonly PlacedSaved[];
  readonly lines: readonly TreeLine[];
}

/** A place in the tree: a call, a saved call below a hit, or the root above several first calls. */
interface Place {
  readonly call: CallNode | null;
  readonly hit: CallNode | null;
  readonly label: string;
  readonly width: number;
  readonly children: readonly Place[];
}

export function layOutCalls(tree: CallTree): CallTreeLayout {
  const root: Place = {
    call: null,
    hit: null,
    label: '',
    width: 0,
    children: tree.roots.map((call) => placeOf(tree.name, call)),
  };
  const laid = tidyTree<Place>()
    .nodeSize([1, LEVEL_HEIGHT])
    .separation(
      (one, two) =>
        (one.data.width + two.data.width) / 2 + Math.max(gapOf(one.data), gapOf(two.data)),
    )(hierarchy(root, (place) => [...place.children]));
  const nodes = laid.descendants().filter((node) => node.depth > 0);
  const left = Math.min(...nodes.map((node) => node.x - node.data.width / 2)) - CALL_GAP;
  const right = Math.max(...nodes.map((node) => node.x + node.data.width / 2));
  const deepest = Math.max(...nodes.map((node) => node.depth));
  const x = (node: HierarchyPointNode<Place>): number => node.x - left + PADDING;
  const y = (node: HierarchyPointNode<Place>): number => node.y - LEVEL_HEIGHT + PADDING;
  return {
    width: Math.ceil(right - left + 2 * PADDING),
    height: (deepest - 1) * LEVEL_HEIGHT + CALL_HEIGHT + 2 * PADDING,
    calls: nodes.flatMap((node) => {
      const { call, label, width } = node.data;
      return call === null ? [] : [{ call, label, x: x(node), y: y(node), width }];
    }),
    saved: nodes.flatMap((node) => {
      const { hit, label } = node.data;
      return hit === null ? [] : [{ hit, label, x: x(node), y: y(node) }];
    }),
    lines: nodes.flatMap((node) => {
      const { parent } = node;
      const call = node.data.call ?? node.data.hit;
      if (parent === null || parent.depth === 0 || call === null) return [];
      const height = parent.data.call === null ? SAVED_SIZE : CALL_HEIGHT;
      const from = { x: x(parent), y: y(parent) + height };
      const to = { x: x(node), y: y(node) };
      return [{ path: curve(from, to), call, isSaved: node.data.call === null, from, to }];
    }),
  };
}

function gapOf({ call }: Place): number {
  return call === null ? SAVED_GAP : CALL_GAP;
}

function placeOf(name: string, call: CallNode): Place {
  const label = fitMono(
    `${name}(${call.arguments})`,
    monoWidth('x'.repeat(LABEL_CHARACTERS_MAX), CALL_TEXT_SIZE),
    CALL_TEXT_SIZE,
  );
  const answer = answerText(call);
  const widest = label.length > answer.length ? label : answer;
  const saved = call.saved.map((each) => savedPlace(call, each));
  return {
    call,
    hit: null,
    label,
    width: monoWidth(widest, CALL_TEXT_SIZE) + 14,
    children: [...call.children.map((child) => placeOf(name, child)), ...saved],
  };
}

function savedPlace(hit: CallNode, { arguments: label, children }: SavedCall): Place {
  return {
    call: null,
    hit,
    label,
    width: Math.max(SAVED_SIZE, monoWidth(label, CALL_TEXT_SIZE) + 8),
    children: children.map((each) => savedPlace(hit, each)),
  };
}

const ANSWER_CHARACTERS_MAX = 12;

/** What stands below the call once it has come back. */
export function answerText({ result, raised }: CallNode): string {
  const text = result === null ? (raised ?? '?') : `= ${result}`;
  return text.length > ANSWER_CHARACTERS_MAX
    ? `${text.slice(0, ANSWER_CHARACTERS_MAX - 1)}…`
    : text;
}

function curve(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2;
  const at = (value: number): string => String(Math.round(value * 10) / 10);
  return `M${at(from.x)} ${at(from.y)}C${at(from.x)} ${at(middle)} ${at(to.x)} ${at(middle)} ${at(to.x)} ${at(to.y)}`;
}
