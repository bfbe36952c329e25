// Where each box of the environment diagram stands, and which way each line takes.
//
//   wide    On the stack now | Function objects | Kept frames        three columns, alleys a and b between them
//   narrow  stack, two frames in a row; below it Function objects | Kept frames, alley b between them
//           in both, the alleys `left` and `right` run outside of everything

import { sharedObjects } from '../../src/python/shared-objects.ts';
import type { Caller, FrameState, MachineState } from '../../src/python/trace-state.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { FrameId, Trace, TraceFrame, TraceFunction } from '../../src/python/trace.ts';
import {
  foldedFrames,
  FUNCTION_HEIGHT,
  keptFrame,
  leftFrame,
  stackFrame,
  wantedFunction,
  wantedKept,
  wantedWidth,
  type FrameContent,
} from './boxes.ts';
import type { Alley } from './lanes.ts';
import { objectContent, wantedObject, type ObjectContent } from './object-box.ts';

export interface PlacedFrame {
  readonly content: FrameContent;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Which of two columns the frame stands in: lines leave at the side that is free. */
  readonly side: 'left' | 'right';
  /** Where its names are looked up next; null for Global, and for what is no frame of a call. */
  readonly parentId: FrameId | null;
  /** Who waits for it: the box before it; null for Global, and for a frame that left. */
  readonly caller: Caller | null;
  /** Frames that it stands for, when it stands for several. */
  readonly folds: readonly FrameId[];
}

export interface PlacedFunction {
  readonly of: TraceFunction;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedObject {
  readonly content: ObjectContent;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Head {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly height: number;
  readonly columns: Columns;
  readonly heads: readonly Head[];
  readonly stack: readonly PlacedFrame[];
  readonly kept: readonly PlacedFrame[];
  readonly functions: readonly PlacedFunction[];
  readonly objects: readonly PlacedObject[];
  readonly alleys: Readonly<Record<string, Alley>>;
}

interface Column {
  readonly x: number;
  readonly width: number;
}

/** The same for all steps of a trace, so that nothing moves sideways while one steps. */
export interface Columns {
  readonly isNarrow: boolean;
  readonly hasKept: boolean;
  readonly width: number;
  readonly stack: Column;
  readonly functions: Column;
  readonly kept: Column;
}

const NARROW_BELOW = 470;
const PADDING = { wide: 16, narrow: 24 };
const ALLEY_MIN = { wide: 36, narrow: 30 };
const ALLEY_MAX = 60;
const COLUMN_MIN = 112;
const COLUMN_MAX = 232;
const HEAD_BASELINE = 25;
const TOP = 40;
export const STACK_GAP = 26;
const BOX_GAP = 24;
/** Boxes of one stack; of a deeper one the middle is folded. */
const STACK_BOXES_MAX = { wide: 6, narrow: 4 };
/** So many steps of a long trace are looked at to find the widths. */
const STEPS_MEASURED_MAX = 120;

export function columnsFor(trace: Trace, width: number): Columns {
  const machines = sampledSteps(trace).map((index) => stateAt(trace, index));
  const isNarrow = width < NARROW_BELOW;
  const hasKept = machines.some((machine) => machine.kept.length > 0);
  if (isNarrow) return narrowColumns(width, hasKept);
  const want = (widths: readonly number[]): number =>
    Math.min(COLUMN_MAX, Math.max(COLUMN_MIN, ...widths));
  const wants = [
    want(machines.flatMap((each) => each.stack.map((frame) => wantedWidth(each, frame)))),
    want([
      ...trace.functions.map(wantedFunction),
      ...machines.flatMap((each) => [...sharedObjects(each).values()].map(wantedObject)),
    ]),
    ...(hasKept
      ? [want(machines.flatMap((each) => each.kept.map((frame) => wantedKept(each, frame))))]
      : []),
  ];
  return { isNarrow, hasKept, width, ...wideColumns(wants, width) };
}

function narrowColumns(width: number, hasKept: boolean): Columns {
  const half = (width - 2 * PADDING.narrow - ALLEY_MIN.narrow) / 2;
  const left = { x: PADDING.narrow, width: half };
  const right = { x: PADDING.narrow + half + ALLEY_MIN.narrow, width: half };
  return { isNarrow: true, hasKept, width, stack: left, functions: left, kept: right };
}

function wideColumns(
  wants: readonly number[],
  width: number,
): Pick<Columns, 'stack' | 'functions' | 'kept'> {
  const alleys = wants.length - 1;
  const wanted = wants.reduce((sum, each) => sum + each, 0);
  const inner = width - 2 * PADDING.wide;
  const room = inner - alleys * ALLEY_MIN.wide;
  const share = wanted > room ? room / wanted : 1;
  const widths = wants.map((each) => each * share);
  const left = inner - widths.reduce((sum, each) => sum + each, 0);
  const alley = Math.min(ALLEY_MAX, left / alleys);
  // What is over goes to the columns, up to a width at which a name and its value still stand together.
  const extra = Math.max(0, (left - alley * alleys) / wants.length);
  const columns: Column[] = [];
  let x = PADDING.wide;
  for (const each of widths) {
    const wide = Math.min(COLUMN_MAX, each + extra);
    columns.push({ x, width: wide });
    x += wide + alley;
  }
  const none = { x: width, width: 0 };
  const [stack = none, functions = none, kept = none] = columns;
  return { stack, functions, kept };
}

export function sampledSteps(trace: Trace): readonly number[] {
  const { length } = trace.steps;
  if (length <= STEPS_MEASURED_MAX) return trace.steps.map((_, index) => index);
  const stride = length / STEPS_MEASURED_MAX;
  return Array.from({ length: STEPS_MEASURED_MAX }, (_, index) => Math.floor(index * stride));
}

/** The height that no step of the trace exceeds, so that the page does not jump. */
export function heightFor(trace: Trace, columns: Columns): number {
  const heights = sampledSteps(trace).map(
    (index) => layOut(trace, stateAt(trace, index), columns).height,
  );
  return Math.max(...heights);
}

export function layOut(trace: Trace, machine: MachineState, columns: Columns): Layout {
  const stack = placeStack(trace, machine, columns);
  const stackBottom = Math.max(TOP, ...stack.map(bottomOf));
  const headsBelow = stackBottom + BOX_GAP + 8;
  const top = columns.isNarrow ? headsBelow + 16 : TOP;
  const { functions, kept, objects } = placeObjects(machine, columns, top);
  const objectsBottom = Math.max(
    ...functions.map((each) => each.y + FUNCTION_HEIGHT),
    ...objects.map(bottomOf),
    ...kept.map(bottomOf),
    0,
  );
  return {
    height: Math.max(stackBottom, objectsBottom) + PADDING.narrow,
    columns,
    heads: headsOf(columns, columns.isNarrow ? headsBelow : HEAD_BASELINE, objects.length > 0),
    stack,
    kept,
    functions,
    objects,
    alleys: alleysOf(columns),
  };
}

function headsOf(columns: Columns, objectsY: number, hasShared: boolean): readonly Head[] {
  const heads = [
    { text: 'On the stack now', x: columns.stack.x, y: HEAD_BASELINE },
    { text: hasShared ? 'Objects' : 'Function objects', x: columns.functions.x, y: objectsY },
  ];
  if (columns.hasKept) heads.push({ text: 'Kept frames', x: columns.kept.x, y: objectsY });
  return heads;
}

function alleysOf(columns: Columns): Readonly<Record<string, Alley>> {
  const { stack, functions, kept, width } = columns;
  const padding = columns.isNarrow ? PADDING.narrow : PADDING.wide;
  const endOf = (column: Column): number => column.x + column.width;
  const outer = {
    left: { left: 4, right: padding - 4, outer: 'left' },
    right: { left: width - padding + 4, right: width - 4, outer: 'right' },
  } as const;
  // Without kept frames the lines between objects have the room beside them.
  const beside = { left: endOf(functions) + 10, right: width - 4, outer: 'right' } as const;
  const b = { left: endOf(functions) + 3, right: kept.x - 12, outer: null };
  if (columns.isNarrow) return { ...outer, b };
  const { left, right } = outer;
  return {
    left,
    right: columns.hasKept ? right : beside,
    a: { left: endOf(stack) + 3, right: functions.x - 12, outer: null },
    b,
  };
}

function placeStack(trace: Trace, machine: MachineState, columns: Columns): readonly PlacedFrame[] {
  const { isNarrow } = columns;
  const boxes = stackBoxes(trace, machine, columns);
  const placed: PlacedFrame[] = [];
  let y = TOP;
  for (let at = 0; at < boxes.length; at += isNarrow ? 2 : 1) {
    const row = boxes.slice(at, at + (isNarrow ? 2 : 1));
    row.forEach((box, place) => {
      const column = place === 0 ? columns.stack : columns.kept;
      placed.push({ ...box, ...column, y, side: place === 0 ? 'left' : 'right' });
    });
    y += Math.max(...row.map(({ content }) => content.height)) + STACK_GAP;
  }
  return placed;
}

/** The frame that left after the step before. */
function goneBefore(trace: Trace, index: number): TraceFrame | undefined {
  const before = trace.steps[index - 1];
  if (before === undefined) return undefined;
  const frame = trace.frames[Number(before.frameId.slice(1))];
  return frame?.lastStep === index - 1 ? frame : undefined;
}

type StackBox = Pick<PlacedFrame, 'content' | 'parentId' | 'caller' | 'folds'>;

function stackBoxes(trace: Trace, machine: MachineState, columns: Columns): readonly StackBox[] {
  const { width } = columns.stack;
  const max = columns.isNarrow ? STACK_BOXES_MAX.narrow : STACK_BOXES_MAX.wide;
  const boxOf = (frame: FrameState): StackBox => ({
    content: stackFrame(machine, frame, width, columns.isNarrow),
    parentId: frame.frame.parentId,
    caller: frame.caller,
    folds: [],
  });
  const gone = goneBefore(trace, machine.index);
  const isGone = gone !== undefined && !machine.stack.some(({ frame }) => frame.id === gone.id);
  const isKept = machine.kept.some(({ frame }) => frame.id === gone?.id);
  const left: StackBox[] = isGone
    ? [{ content: leftFrame(gone, isKept, width), parentId: null, caller: null, folds: [] }]
    : [];
  const shown = machine.stack.length + left.length;
  if (shown <= max) return [...machine.stack.map(boxOf), ...left];
  const newest = machine.stack.slice(-(max - 2 - left.length));
  const folded = machine.stack.length - newest.length - 1;
  return [
    ...machine.stack.slice(0, 1).map(boxOf),
    // Its line to the caller is that of the first one that is folded.
    {
      content: foldedFrames(folded, width),
      parentId: null,
      caller: machine.stack[1]?.caller ?? null,
      folds: machine.stack.slice(1, 1 + folded).map(({ frame }) => frame.id),
    },
    ...newest.map(boxOf),
    ...left,
  ];
}

/** A function stands level with the kept frame that it leads to, as far as there is room. */
function placeObjects(
  machine: MachineState,
  columns: Columns,
  top: number,
): Pick<Layout, 'functions' | 'kept' | 'objects'> {
  const functions: PlacedFunction[] = [];
  const kept: PlacedFrame[] = [];
  const next = { function: top, kept: top };
  const placeKept = (frame: FrameState, middleY: number): PlacedFrame => {
    const content = keptFrame(machine, frame, columns.kept.width);
    const y = Math.max(next.kept, middleY - content.height / 2);
    const placed: PlacedFrame = {
      content,
      ...columns.kept,
      y,
      side: 'right',
      parentId: frame.frame.parentId,
      caller: null,
      folds: [],
    };
    kept.push(placed);
    next.kept = y + content.height + BOX_GAP;
    return placed;
  };
  for (const each of machine.functions) {
    const frame = machine.kept.find((state) => state.frame.id === each.parentId);
    const isNew = frame !== undefined && !kept.some(({ content }) => content.id === each.parentId);
    let y = next.function;
    if (isNew) {
      const frameAt = placeKept(frame, y + FUNCTION_HEIGHT / 2);
      y = Math.max(y, frameAt.y + (frameAt.content.height - FUNCTION_HEIGHT) / 2);
    }
    functions.push({ of: each, ...columns.functions, y });
    next.function = y + FUNCTION_HEIGHT + BOX_GAP;
  }
  for (const frame of machine.kept) {
    if (!kept.some(({ content }) => content.id === frame.frame.id)) placeKept(frame, next.kept);
  }
  const objects = [...sharedObjects(machine).values()].map((shared): PlacedObject => {
    const content = objectContent(shared, columns.functions.width);
    const y = next.function;
    next.function += content.height + BOX_GAP;
    return { content, ...columns.functions, y };
  });
  return { functions, kept, objects };
}

function bottomOf({ y, content }: PlacedFrame | PlacedObject): number {
  return y + content.height;
}
