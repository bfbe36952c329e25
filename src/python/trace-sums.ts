// The changes of a trace's steps added up, from any step to any other without beginning at the first: sums are
// kept at every hundredth step.
//
//   steps   0 ........ 100 ........ 200 ........       sums kept at |
//           |           |            |   ^ step 231 = the sums of 200 and 31 steps

import type {
  CellId,
  FrameId,
  ObjectId,
  Trace,
  TraceCell,
  TraceFrame,
  TraceFunction,
  TraceStep,
  TraceValue,
} from './trace.ts';

export interface Sums {
  /** Names of frames that may still be drawn. */
  readonly locals: Map<FrameId, Map<string, Held>>;
  readonly cells: Map<CellId, HeldCell>;
  readonly objects: Map<ObjectId, HeldObject>;
  /** Frames on the stack, Global first. */
  readonly waiting: Set<FrameId>;
  readonly lines: Map<FrameId, number>;
  /** Frames that went on after a yield: whoever asked for the next value waits for them now. */
  readonly resumed: Set<FrameId>;
  /** The frame that goes after the last step that was added. */
  leaves: { readonly id: FrameId; readonly comesBack: boolean } | null;
}

interface Held {
  readonly value: TraceValue;
  readonly changedAt: number;
}

interface HeldCell {
  readonly value: TraceValue | null;
  readonly changedAt: number;
  readonly before: TraceValue | null;
}

interface HeldObject {
  readonly value: TraceValue;
  /** The step at which it was seen to have changed inside; null while it is as it was made. */
  readonly changedAt: number | null;
}

/** The parts of a trace by their ids, and the sums that were kept. */
export interface TraceIndex {
  readonly frames: ReadonlyMap<FrameId, TraceFrame>;
  readonly functions: ReadonlyMap<string, TraceFunction>;
  /** Function -> step of its last call. */
  readonly lastCalls: ReadonlyMap<string, number>;
  readonly cellsOf: ReadonlyMap<FrameId, readonly TraceCell[]>;
  readonly sumsAt: (index: number) => Sums;
}

const KEPT_EVERY = 100;
const indexes = new WeakMap<Trace, TraceIndex>();

export function indexOf(trace: Trace): TraceIndex {
  let index = indexes.get(trace);
  if (index === undefined) {
    index = makeIndex(trace);
    indexes.set(trace, index);
  }
  return index;
}

function makeIndex(trace: Trace): TraceIndex {
  const cellsOf = new Map<FrameId, TraceCell[]>();
  for (const cell of trace.cells) {
    if (cell.frameId === null) continue;
    const those = cellsOf.get(cell.frameId);
    if (those === undefined) cellsOf.set(cell.frameId, [cell]);
    else those.push(cell);
  }
  const kept: Sums[] = [];
  return {
    frames: new Map(trace.frames.map((each) => [each.id, each])),
    functions: new Map(trace.functions.map((each) => [each.id, each])),
    lastCalls: new Map(
      trace.frames.flatMap(({ functionId, firstStep }) =>
        functionId === null ? [] : [[functionId, firstStep]],
      ),
    ),
    cellsOf,
    sumsAt(index) {
      const place = Math.floor(index / KEPT_EVERY);
      for (let at = kept.length; at <= place; at += 1) {
        const before = kept[at - 1];
        const sums = before === undefined ? noSums() : copied(before);
        const from = before === undefined ? 0 : (at - 1) * KEPT_EVERY + 1;
        addUp(sums, trace.steps, from, at * KEPT_EVERY);
        kept.push(sums);
      }
      const sums = copied(kept[place] ?? noSums());
      addUp(sums, trace.steps, place * KEPT_EVERY + 1, index);
      return sums;
    },
  };
}

function noSums(): Sums {
  return {
    locals: new Map(),
    cells: new Map(),
    objects: new Map(),
    waiting: new Set(),
    lines: new Map(),
    resumed: new Set(),
    leaves: null,
  };
}

function copied(sums: Sums): Sums {
  return {
    locals: new Map([...sums.locals].map(([id, names]) => [id, new Map(names)])),
    cells: new Map(sums.cells),
    objects: new Map(sums.objects),
    waiting: new Set(sums.waiting),
    lines: new Map(sums.lines),
    resumed: new Set(sums.resumed),
    leaves: sums.leaves,
  };
}

function addUp(sums: Sums, steps: readonly TraceStep[], from: number, to: number): void {
  for (let at = from; at <= to; at += 1) {
    const step = steps[at];
    if (step === undefined) return;
    letGo(sums);
    sums.leaves = leavesAfter(step);
    sums.waiting.add(step.frameId);
    sums.lines.set(step.frameId, step.line);
    if (step.kind === 'resume') sums.resumed.add(step.frameId);
    addStep(sums, step, at);
  }
}

/** A frame is still drawn at the step in which it returns, and is gone at the next. */
function leavesAfter({ kind, frameId }: TraceStep): Sums['leaves'] {
  if (kind === 'return' || kind === 'raise') return { id: frameId, comesBack: false };
  return kind === 'yield' ? { id: frameId, comesBack: true } : null;
}

function letGo({ leaves, ...sums }: Sums): void {
  if (leaves === null) return;
  sums.waiting.delete(leaves.id);
  // Of a frame that is kept only cells are shown; one that yielded comes back with its names.
  if (leaves.comesBack || leaves.id === 'f0') return;
  sums.locals.delete(leaves.id);
  sums.lines.delete(leaves.id);
}

function addStep(sums: Sums, step: TraceStep, at: number): void {
  for (const [objectId, value] of Object.entries(step.objects ?? {})) {
    addObject(sums, objectId, value, at);
  }
  for (const [frameId, names] of Object.entries(step.locals ?? {})) {
    const known = sums.locals.get(frameId) ?? new Map<string, Held>();
    sums.locals.set(frameId, known);
    for (const [name, value] of Object.entries(names)) {
      if (value === null) known.delete(name);
      else known.set(name, { value, changedAt: at });
      addNamed(sums, value, at);
    }
  }
  for (const [cellId, value] of Object.entries(step.cells ?? {})) {
    const before = sums.cells.get(cellId)?.value ?? null;
    sums.cells.set(cellId, { value, changedAt: at, before });
    addNamed(sums, value, at);
  }
  addNamed(sums, step.value ?? null, at);
}

function addNamed(sums: Sums, value: TraceValue | null, at: number): void {
  if (value?.objectId !== undefined) addObject(sums, value.objectId, value, at);
}

function addObject({ objects }: Sums, id: ObjectId, value: TraceValue, at: number): void {
  const known = objects.get(id);
  if (known === undefined) objects.set(id, { value, changedAt: null });
  else if (known.value.text !== value.text) objects.set(id, { value, changedAt: at });
  else if (known.value !== value) objects.set(id, { value, changedAt: known.changedAt });
}
