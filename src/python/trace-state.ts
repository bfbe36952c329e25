// The machine at one step of a trace: the steps' changes added up. This is what the environment diagram,
// the call tree and "Read as text" draw from.
//
//   stack  Global, step          frames that are running or waiting, the running one last
//   kept   make_counter f1       frames that left, but whose cells a living function still uses
//   functions                    those that some name, cell or running call can still reach

import type {
  CellId,
  FrameId,
  FunctionId,
  ObjectId,
  Trace,
  TraceCell,
  TraceFrame,
  TraceFunction,
  TraceStep,
  TraceValue,
} from './trace.ts';

export interface MachineState {
  /** Index of the step, from 0. */
  readonly index: number;
  readonly step: TraceStep;
  readonly stack: readonly FrameState[];
  readonly kept: readonly FrameState[];
  readonly functions: readonly TraceFunction[];
  readonly cells: ReadonlyMap<CellId, CellState>;
}

export interface FrameState {
  readonly frame: TraceFrame;
  /** The line that runs next, or that waits for a call. */
  readonly line: number;
  readonly running: boolean;
  /** Its names in the order of their first value. A name in a cell has the cell's id. */
  readonly names: readonly NameState[];
}

export interface NameState {
  readonly name: string;
  readonly value: TraceValue | null;
  readonly cellId: CellId | null;
  readonly changedAt: number;
}

export interface CellState {
  readonly cell: TraceCell;
  readonly value: TraceValue | null;
  /** Index of the step at which this value was first seen. */
  readonly changedAt: number;
  /** What it held before, and null when this is its first value. */
  readonly before: TraceValue | null;
}

/** Adds up the steps 0..index. `index` is clamped to the trace. */
export function stateAt(trace: Trace, index: number): MachineState {
  const last = Math.max(0, Math.min(index, trace.steps.length - 1));
  const sums = addUp(trace, last);
  const step = trace.steps[last];
  if (step === undefined) throw new Error('A trace has at least its start step');
  const stack = [...sums.waiting].map((id) => frameState(trace, sums, id, id === step.frameId));
  const living = livingFunctions(trace, sums, step);
  for (const id of neededNext(trace, last)) living.add(id);
  return {
    index: last,
    step,
    stack,
    kept: keptFrames(trace, sums, living),
    functions: trace.functions.filter((each) => living.has(each.id)),
    cells: resolvedCells(trace, sums),
  };
}

/**
 * What the next step still has, this one has too: between the return of a decorator and the binding of its
 * name, only Python's own stack holds the function.
 */
function neededNext(trace: Trace, index: number): readonly FunctionId[] {
  const next = trace.steps[index + 1];
  if (next === undefined) return [];
  const living = livingFunctions(trace, addUp(trace, index + 1), next);
  return trace.functions
    .filter((each) => living.has(each.id) && each.firstStep <= index)
    .map(({ id }) => id);
}

interface Sums {
  readonly locals: Map<FrameId, Map<string, { value: TraceValue; changedAt: number }>>;
  readonly cells: Map<
    CellId,
    { value: TraceValue | null; changedAt: number; before: TraceValue | null }
  >;
  readonly objects: Map<ObjectId, TraceValue>;
  /** Frames on the stack, Global first. */
  readonly waiting: Set<FrameId>;
  readonly lines: Map<FrameId, number>;
}

function addUp(trace: Trace, last: number): Sums {
  const sums: Sums = {
    locals: new Map(),
    cells: new Map(),
    objects: new Map(),
    waiting: new Set(),
    lines: new Map(),
  };
  let leaves: FrameId | null = null;
  for (let at = 0; at <= last; at += 1) {
    const step = trace.steps[at];
    if (step === undefined) break;
    if (leaves !== null) sums.waiting.delete(leaves);
    leaves = leavesAfter(step);
    sums.waiting.add(step.frameId);
    sums.lines.set(step.frameId, step.line);
    addStep(sums, step, at);
  }
  return sums;
}

/** A frame is still drawn at the step in which it returns, and is gone at the next. */
function leavesAfter(step: TraceStep): FrameId | null {
  const goes = step.kind === 'return' || step.kind === 'raise' || step.kind === 'yield';
  return goes ? step.frameId : null;
}

function addStep(sums: Sums, step: TraceStep, at: number): void {
  for (const [frameId, names] of Object.entries(step.locals ?? {})) {
    const known = sums.locals.get(frameId) ?? new Map();
    sums.locals.set(frameId, known);
    for (const [name, value] of Object.entries(names)) {
      if (value === null) known.delete(name);
      else known.set(name, { value, changedAt: at });
    }
  }
  for (const [cellId, value] of Object.entries(step.cells ?? {})) {
    const before = sums.cells.get(cellId)?.value ?? null;
    sums.cells.set(cellId, { value, changedAt: at, before });
  }
  for (const [objectId, value] of Object.entries(step.objects ?? {})) {
    sums.objects.set(objectId, value);
  }
}

/** An object that changed inside shows its new text under every name that is bound to it. */
function resolve(sums: Sums, value: TraceValue): TraceValue {
  return value.objectId === undefined ? value : (sums.objects.get(value.objectId) ?? value);
}

function frameState(trace: Trace, sums: Sums, id: FrameId, running: boolean): FrameState {
  const frame = trace.frames.find((each) => each.id === id);
  if (frame === undefined)
    throw new Error(`A step names the frame ${id}, which is not in the list`);
  return { frame, line: sums.lines.get(id) ?? 0, running, names: namesOf(trace, sums, id) };
}

function namesOf(trace: Trace, sums: Sums, id: FrameId): NameState[] {
  const own = [...(sums.locals.get(id) ?? [])].map(([name, held]) => ({
    name,
    value: resolve(sums, held.value),
    cellId: null,
    changedAt: held.changedAt,
  }));
  return [...own, ...cellNamesOf(trace, sums, id)];
}

function cellNamesOf(trace: Trace, sums: Sums, id: FrameId): NameState[] {
  const names: NameState[] = [];
  for (const cell of trace.cells) {
    const held = sums.cells.get(cell.id);
    if (cell.frameId !== id || held === undefined) continue;
    const value = held.value === null ? null : resolve(sums, held.value);
    names.push({ name: cell.name, value, cellId: cell.id, changedAt: held.changedAt });
  }
  return names;
}

function resolvedCells(trace: Trace, sums: Sums): Map<CellId, CellState> {
  const states = new Map<CellId, CellState>();
  for (const cell of trace.cells) {
    const held = sums.cells.get(cell.id);
    if (held === undefined) continue;
    const value = held.value === null ? null : resolve(sums, held.value);
    states.set(cell.id, { cell, value, changedAt: held.changedAt, before: held.before });
  }
  return states;
}

/** Functions that a name, a cell of another living function, a running call or the value on its way can reach. */
function livingFunctions(trace: Trace, sums: Sums, step: TraceStep): Set<FunctionId> {
  const byId = new Map(trace.functions.map((each) => [each.id, each]));
  const living = new Set<FunctionId>();
  const reach = (id: FunctionId): void => {
    const found = byId.get(id);
    if (found === undefined || living.has(id)) return;
    living.add(id);
    found.holds.forEach(reach);
    for (const cellId of Object.values(found.cells)) reachValue(sums.cells.get(cellId)?.value);
  };
  const reachValue = (held: TraceValue | null | undefined): void => {
    if (held === null || held === undefined) return;
    const value = resolve(sums, held);
    if (value.functionId !== undefined) reach(value.functionId);
    value.holds?.forEach(reach);
  };
  for (const frame of trace.frames) {
    if (!sums.waiting.has(frame.id)) continue;
    if (frame.functionId !== null) reach(frame.functionId);
    for (const held of sums.locals.get(frame.id)?.values() ?? []) reachValue(held.value);
    for (const name of cellNamesOf(trace, sums, frame.id)) reachValue(name.value);
  }
  reachValue(step.value);
  return living;
}

function keptFrames(trace: Trace, sums: Sums, living: ReadonlySet<FunctionId>): FrameState[] {
  const used = new Set<CellId>();
  for (const each of trace.functions) {
    if (living.has(each.id)) Object.values(each.cells).forEach((cellId) => used.add(cellId));
  }
  const owners = new Set<FrameId>();
  for (const cell of trace.cells) {
    if (cell.frameId !== null && used.has(cell.id)) owners.add(cell.frameId);
  }
  return trace.frames
    .filter((frame) => owners.has(frame.id) && !sums.waiting.has(frame.id))
    .map((frame) => {
      const whole = frameState(trace, sums, frame.id, false);
      return {
        ...whole,
        names: whole.names.filter((name) => name.cellId !== null && used.has(name.cellId)),
      };
    });
}
