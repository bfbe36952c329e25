// The lines of the environment diagram: from names to objects, and from each object and call to its parent frame.
//
//   name   solid, a dot at the name, a full head at the function object or the shared object
//   parent dashed, an open head at the frame in which names are looked up next (the static link)
//   caller thin, a bar at the call, a small full head at the frame that waits for it (the dynamic link)

import { FUNCTION_HEIGHT, ROW_INSET, TAB_HEIGHT, type FrameRow } from './boxes.ts';
import { callerLines } from './callers.ts';
import { assignLanes, drawLines, type Point, type Route } from './lanes.ts';
import type { Layout, PlacedFrame, PlacedFunction, PlacedObject } from './layout.ts';
import { OBJECT_HEAD } from './object-box.ts';

export interface DrawnLine {
  readonly kind: 'name' | 'parent' | 'caller';
  /** Belongs to the running frame. */
  readonly isNow: boolean;
  readonly path: string;
  /** Its corners, from one end to the other. */
  readonly points: readonly Point[];
  readonly from: Point;
  readonly to: Point;
  /** Which way the head points. */
  readonly heading: 'left' | 'right' | 'up';
  /** Words over the line, where it has a level stretch of its own. */
  readonly label: { readonly text: string; readonly at: Point } | null;
}

type Draft = Route & Pick<DrawnLine, 'kind' | 'isNow' | 'label'>;

/** Two lines through one gap keep this far apart. */
const GAP_SHARE = 8;
const LABEL_RISE = 6;
/** A list that holds another one more often has no more lines to it. */
const LINKS_MAX = 3;
const LINK_GAP = 8;
const HEAD_GAP = 11;

export function linesOf(layout: Layout): readonly DrawnLine[] {
  const levels = makeLevels(layout);
  const drafts = [
    ...layout.stack.flatMap((frame) => frameNames(layout, frame)),
    ...layout.kept.flatMap((frame) => keptNames(layout, frame)),
    ...layout.objects.flatMap((each) => objectLinks(layout, each)),
    ...layout.functions.flatMap((each) => functionParent(layout, each)),
    ...layout.stack.flatMap((frame) => frameParent(layout, frame, levels)),
  ];
  const callers = callerLines(layout).map((each) => ({ ...each, kind: 'caller' as const }));
  const lanes = assignLanes(drafts, layout.alleys);
  const corners = [...lanes, ...callers.map(({ points }) => points)];
  const paths = drawLines(corners);
  return [...drafts, ...callers].map(({ kind, isNow, label }, index) => {
    const points = corners[index] ?? [];
    const to = points.at(-1) ?? { x: 0, y: 0 };
    const from = points[0] ?? to;
    const heading = headingOf(points.at(-2) ?? to, to);
    return { kind, isNow, label, path: paths[index] ?? '', points, from, to, heading };
  });
}

function headingOf(before: Point, to: Point): DrawnLine['heading'] {
  if (before.x === to.x && before.y > to.y) return 'up';
  return before.x <= to.x ? 'right' : 'left';
}

/** A box that names lead to. */
interface Target {
  readonly x: number;
  readonly width: number;
  readonly middle: number;
}

function targetAt(layout: Layout, id: string): Target | undefined {
  const found = layout.functions.find(({ of }) => of.id === id);
  if (found !== undefined) return { x: found.x, width: found.width, middle: middleOf(found) };
  const object = layout.objects.find(({ content }) => content.id === id);
  if (object === undefined) return undefined;
  const { x, y, width, content } = object;
  return { x, width, middle: y + content.height / 2 };
}

const middleOf = (each: PlacedFunction): number => each.y + FUNCTION_HEIGHT / 2;
const rightOf = ({ x, width }: { x: number; width: number }): number => x + width;

/** From a list to those that stand in it: a line for each place, since the same one may stand there twice. */
function objectLinks(layout: Layout, object: PlacedObject): Draft[] {
  const { columns } = layout;
  const alleys = [columns.isNarrow || columns.hasKept ? 'b' : 'right'];
  const seen = new Map<string, number>();
  const foot = object.y + object.content.height - 8;
  return object.content.inside.flatMap((id, at) => {
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    const to = targetAt(layout, id);
    if (to === undefined || times >= LINKS_MAX) return [];
    const from = Math.min(foot, object.y + OBJECT_HEAD + at * LINK_GAP);
    const heights = [from, to.middle + (times - 1) * HEAD_GAP];
    const link = { kind: 'name', isNow: false, label: null } as const;
    return [{ ...link, fromX: rightOf(object), toX: rightOf(to), heights, alleys }];
  });
}

/** In the wide picture lines leave at the value; in the narrow one at the edge, since functions stand below. */
function frameNames(layout: Layout, frame: PlacedFrame): Draft[] {
  const { isNarrow } = layout.columns;
  return targetsIn(layout, frame).map(({ row, to }) => {
    const y = frame.y + row.y;
    const isNow = false;
    const name = { kind: 'name', isNow, label: null } as const;
    if (!isNarrow)
      return {
        ...name,
        fromX: rightOf(frame) - (row.kind === 'link' ? ROW_INSET + 4 : 0),
        toX: to.x,
        heights: [y, to.middle],
        alleys: ['a'],
      };
    if (frame.side === 'left')
      return { ...name, fromX: frame.x, toX: to.x, heights: [y, to.middle], alleys: ['left'] };
    const heights = [y, to.middle - 12];
    return { ...name, fromX: frame.x, toX: rightOf(to), heights, alleys: ['b'] };
  });
}

function keptNames(layout: Layout, frame: PlacedFrame): Draft[] {
  return targetsIn(layout, frame).map(({ row, to }) => ({
    kind: 'name',
    isNow: false,
    label: null,
    fromX: frame.x,
    toX: rightOf(to),
    heights: [frame.y + row.y, to.middle - 12],
    alleys: ['b'],
  }));
}

function targetsIn(
  layout: Layout,
  frame: PlacedFrame,
): { readonly row: FrameRow; readonly to: Target }[] {
  return frame.content.rows.flatMap((row) =>
    row.targets.flatMap((id) => {
      const to = targetAt(layout, id);
      return to === undefined ? [] : [{ row, to }];
    }),
  );
}

/** Global is the parent of most functions: words say that, and a line would only be in the way. */
function functionParent(layout: Layout, each: PlacedFunction): Draft[] {
  const { parentId } = each.of;
  if (parentId === 'f0') return [];
  const y = middleOf(each);
  const parent = { kind: 'parent', isNow: false, label: null } as const;
  const kept = layout.kept.find(({ content }) => content.id === parentId);
  if (kept !== undefined) {
    const to = within(y, kept.y + TAB_HEIGHT + 8, kept.y + kept.content.height - 8);
    return [{ ...parent, fromX: rightOf(each), toX: kept.x, heights: [y, to], alleys: ['b'] }];
  }
  const frame = stackFrameAt(layout, parentId);
  if (frame === undefined) return [];
  const to = frame.y + TAB_HEIGHT / 2;
  if (frame.side === 'right')
    return [
      { ...parent, fromX: rightOf(each), toX: frame.x, heights: [y + 12, to], alleys: ['b'] },
    ];
  return layout.columns.isNarrow
    ? [{ ...parent, fromX: each.x, toX: frame.x, heights: [y + 12, to], alleys: ['left'] }]
    : [{ ...parent, fromX: each.x, toX: rightOf(frame), heights: [y + 14, to], alleys: ['a'] }];
}

function stackFrameAt(layout: Layout, id: string): PlacedFrame | undefined {
  return layout.stack.find(
    ({ content, folds }) => (content.id === id && content.state !== 'left') || folds.includes(id),
  );
}

function frameParent(layout: Layout, frame: PlacedFrame, levels: Levels): Draft[] {
  const { parentId } = frame;
  if (parentId === null || parentId === 'f0') return [];
  const isNow = frame.content.state === 'running';
  const parent = { kind: 'parent', isNow, label: null } as const;
  const y = frame.y + TAB_HEIGHT / 2;
  const kept = layout.kept.find(({ content }) => content.id === parentId);
  if (kept !== undefined) {
    const tab = kept.y + TAB_HEIGHT / 2;
    if (layout.columns.isNarrow) {
      const isRight = frame.side === 'right';
      const toX = isRight ? rightOf(kept) : kept.x;
      const alleys = [isRight ? 'right' : 'b'];
      return [{ ...parent, fromX: rightOf(frame), toX, heights: [y, tab], alleys }];
    }
    const level = levels(y);
    // From below it arrives at the foot, so that it does not cross the line of the function object.
    const foot = kept.y + kept.content.height - 12;
    const to = level.y > kept.y + kept.content.height / 2 ? foot : tab;
    const at = { x: layout.columns.functions.x, y: level.y - LABEL_RISE };
    const label = isNow && level.hasRoom ? { text: `parent ${parentId}`, at } : null;
    const heights = [y, level.y, to];
    const route = { fromX: rightOf(frame), toX: kept.x, heights, alleys: ['a', 'b'] };
    return [{ ...parent, ...route, label }];
  }
  const on = stackFrameAt(layout, parentId);
  if (on === undefined) return [];
  const heights = [y + 4, on.y + TAB_HEIGHT / 2 + 4];
  if (frame.side === on.side) {
    const isRight = frame.side === 'right';
    const fromX = isRight ? rightOf(frame) : frame.x;
    const toX = isRight ? rightOf(on) : on.x;
    return [{ ...parent, fromX, toX, heights, alleys: [isRight ? 'right' : 'left'] }];
  }
  const fromX = frame.side === 'right' ? frame.x : rightOf(frame);
  const toX = frame.side === 'right' ? rightOf(on) : on.x;
  return [{ ...parent, fromX, toX, heights, alleys: ['b'] }];
}

/** Heights at which a line may pass through the column of the objects. */
type Levels = (nearY: number) => { readonly y: number; readonly hasRoom: boolean };

function makeLevels({ functions, objects, height }: Layout): Levels {
  const edges = [
    ...functions.map((each) => [each.y, each.y + FUNCTION_HEIGHT] as const),
    ...objects.map(({ y, content }) => [y, y + content.height] as const),
  ];
  const tops = [0, ...edges.map(([, end]) => end)];
  const ends = [...edges.map(([start]) => start), height];
  const used = new Map<number, number>();
  return (nearY) => {
    let best = { gap: 0, y: nearY, hasRoom: false, distance: Number.POSITIVE_INFINITY };
    tops.forEach((top, gap) => {
      const end = ends[gap] ?? height;
      // Above the first function stands the head of the column.
      if (gap === 0 && edges.length > 0) return;
      const y = within(nearY, top + 12 + LABEL_RISE, Math.max(top + 12, end - LABEL_RISE));
      const distance = Math.abs(y - nearY);
      if (distance < best.distance) best = { gap, y, hasRoom: end - top >= 20, distance };
    });
    const before = used.get(best.gap) ?? 0;
    used.set(best.gap, before + 1);
    return { y: best.y + before * GAP_SHARE, hasRoom: best.hasRoom };
  };
}

function within(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}
