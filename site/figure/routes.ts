// The lines of the environment diagram: from names to objects, and from each object and call to its parent frame.
//
//   name   solid, a dot at the name, a full head at the function object
//   parent dashed, an open head at the frame in which names are looked up next

import type { FunctionId } from '../../src/python/trace.ts';
import { FUNCTION_HEIGHT, ROW_INSET, TAB_HEIGHT, type FrameRow } from './boxes.ts';
import { assignLanes, drawLines, type Point, type Route } from './lanes.ts';
import type { Layout, PlacedFrame, PlacedFunction } from './layout.ts';

export interface DrawnLine {
  readonly kind: 'name' | 'parent';
  /** Belongs to the running frame. */
  readonly isNow: boolean;
  readonly path: string;
  readonly from: Point;
  readonly to: Point;
  /** Which way the head points: 1 right, -1 left. */
  readonly direction: 1 | -1;
  /** Words over the line, where it has a level stretch of its own. */
  readonly label: { readonly text: string; readonly at: Point } | null;
}

type Draft = Route & Pick<DrawnLine, 'kind' | 'isNow' | 'label'>;

/** Two lines through one gap keep this far apart. */
const GAP_SHARE = 8;
const LABEL_RISE = 6;

export function linesOf(layout: Layout): readonly DrawnLine[] {
  const levels = makeLevels(layout);
  const drafts = [
    ...layout.stack.flatMap((frame) => frameNames(layout, frame)),
    ...layout.kept.flatMap((frame) => keptNames(layout, frame)),
    ...layout.functions.flatMap((each) => functionParent(layout, each)),
    ...layout.stack.flatMap((frame) => frameParent(layout, frame, levels)),
  ];
  const lanes = assignLanes(drafts, layout.alleys);
  const paths = drawLines(lanes);
  return drafts.map((draft, index) => {
    const points = lanes[index] ?? [];
    const to = points.at(-1) ?? { x: draft.toX, y: 0 };
    const before = points.at(-2) ?? { x: draft.fromX, y: 0 };
    return {
      kind: draft.kind,
      isNow: draft.isNow,
      label: draft.label,
      path: paths[index] ?? '',
      from: points[0] ?? to,
      to,
      direction: before.x <= to.x ? 1 : -1,
    };
  });
}

function functionAt(layout: Layout, id: FunctionId): PlacedFunction | undefined {
  return layout.functions.find(({ of }) => of.id === id);
}

const middleOf = (each: PlacedFunction): number => each.y + FUNCTION_HEIGHT / 2;
const rightOf = ({ x, width }: { x: number; width: number }): number => x + width;

/** In the wide picture lines leave at the value; in the narrow one at the edge, since functions stand below. */
function frameNames(layout: Layout, frame: PlacedFrame): Draft[] {
  const { isNarrow } = layout.columns;
  return functionsIn(layout, frame).map(({ row, to }) => {
    const y = frame.y + row.y;
    const isNow = false;
    const name = { kind: 'name', isNow, label: null } as const;
    if (!isNarrow)
      return {
        ...name,
        fromX: rightOf(frame) - (row.kind === 'function' ? ROW_INSET + 4 : 0),
        toX: to.x,
        heights: [y, middleOf(to)],
        alleys: ['a'],
      };
    if (frame.side === 'left')
      return { ...name, fromX: frame.x, toX: to.x, heights: [y, middleOf(to)], alleys: ['left'] };
    const heights = [y, middleOf(to) - 12];
    return { ...name, fromX: frame.x, toX: rightOf(to), heights, alleys: ['b'] };
  });
}

function keptNames(layout: Layout, frame: PlacedFrame): Draft[] {
  return functionsIn(layout, frame).map(({ row, to }) => ({
    kind: 'name',
    isNow: false,
    label: null,
    fromX: frame.x,
    toX: rightOf(to),
    heights: [frame.y + row.y, middleOf(to) - 12],
    alleys: ['b'],
  }));
}

function functionsIn(
  layout: Layout,
  frame: PlacedFrame,
): { readonly row: FrameRow; readonly to: PlacedFunction }[] {
  return frame.content.rows.flatMap((row) =>
    row.functionIds.flatMap((id) => {
      const to = functionAt(layout, id);
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
  return layout.stack.find(({ content }) => content.id === id && content.state !== 'left');
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

/** Heights at which a line may pass through the column of the function objects. */
type Levels = (nearY: number) => { readonly y: number; readonly hasRoom: boolean };

function makeLevels({ functions, height }: Layout): Levels {
  const edges = functions.map((each) => [each.y, each.y + FUNCTION_HEIGHT] as const);
  const tops = [0, ...edges.map(([, end]) => end)];
  const ends = [...edges.map(([start]) => start), height];
  const used = new Map<number, number>();
  return (nearY) => {
    let best = { gap: 0, y: nearY, hasRoom: false, distance: Number.POSITIVE_INFINITY };
    tops.forEach((top, gap) => {
      const end = ends[gap] ?? height;
      // Above the first function stands the head of the column.
      if (gap === 0 && functions.length > 0) return;
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
