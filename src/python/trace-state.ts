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
import { indexOf, type Sums, type TraceIndex } from './trace-sums.ts';

export interface MachineState {
  /** Index of the step, from 0. */
  readonly index: number;
  readonly step: TraceStep;
  readonly stack: readonly FrameState[];
  readonly kept: readonly FrameState[];
  readonly functions: readonly TraceFunction[];
  readonly cells: ReadonlyMap<CellId, CellState>;
  /** Things that can change, by id, as they are now. */
  readonly objects: ReadonlyMap<ObjectId, ObjectState>;
}

export interface FrameState {
  readonly frame: TraceFrame;
  /** The line that runs next, or that waits for a call. */
  readonly line: number;
  readonly running: boolean;
  /** Who waits for it (the dynamic link); null for Global and for frames that left the stack. */
  readonly caller: Caller | null;
  /** Its names in the order of their first value. A name in a cell has the cell's id. */
  readonly names: readonly NameState[];
}

export interface Caller {
  readonly id: FrameId;
  /** The line that waits. */
  readonly line: number;
  /** It did not call the frame but asked a waiting one to go on, as `next()` and `for` do. */
  readonly resumed: boolean;
  /** C code (sorted, map, sum ...) stands between the two. */
  readonly throughC: boolean;
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

export interface ObjectState {
  readonly value: TraceValue;
  /** Index of the step at which it was seen to have changed inside; null while it is as it was made. */
  readonly changedAt: number | null;
}

/** Machines that were made last: one step is asked for by the picture, its words and the marks of the program. */
const MACHINES_MAX = 32;
const machines = new WeakMap<Trace, Map<number, MachineState>>();

/** The machine after the steps 0..index. `index` is clamped to the trace. */
export function stateAt(trace: Trace, index: number): MachineState {
  const last = Math.max(0, Math.min(index, trace.steps.length - 1));
  let known = machines.get(trace);
  if (known === undefined) machines.set(trace, (known = new Map()));
  let machine = known.get(last);
  if (machine === undefined) {
    if (known.size >= MACHINES_MAX) known.clear();
    known.set(last, (machine = makeState(trace, last)));
  }
  return machine;
}

function makeState(trace: Trace, last: number): MachineState {
  const parts = indexOf(trace);
  const sums = parts.sumsAt(last);
  const step = trace.steps[last];
  if (step === undefined) throw new Error('A trace has at least its start step');
  const living = livingFunctions(parts, sums, step);
  for (const id of neededNext(trace, parts, last)) living.add(id);
  // What is called later is there until then, also where only Python's own stack holds it.
  for (const { id, firstStep } of trace.functions)
    if (firstStep <= last && (parts.lastCalls.get(id) ?? -1) > last) living.add(id);
  return {
    index: last,
    step,
    stack: stackOf(parts, sums, step),
    kept: keptFrames(trace, parts, sums, living),
    functions: trace.functions.filter((each) => living.has(each.id)),
    cells: resolvedCells(trace, sums),
    objects: sums.objects,
  };
}

function stackOf(parts: TraceIndex, sums: Sums, step: TraceStep): FrameState[] {
  const stack: FrameState[] = [];
  for (const id of sums.waiting) {
    const state = frameState(parts, sums, id);
    const caller = callerOf(state.frame, stack.at(-1), sums.resumed.has(id));
    stack.push({ ...state, running: id === step.frameId, caller });
  }
  return stack;
}

function callerOf(
  frame: TraceFrame,
  below: FrameState | undefined,
  resumed: boolean,
): Caller | null {
  if (below === undefined) return null;
  const line = resumed ? below.line : (frame.callLine ?? below.line);
  return { id: below.frame.id, line, resumed, throughC: !resumed && frame.throughC };
}

/**
 * What the next step still has, this one has too: between the return of a decorator and the binding of its
 * name, only Python's own stack holds the function.
 */
function neededNext(trace: Trace, parts: TraceIndex, index: number): readonly FunctionId[] {
  const next = trace.steps[index + 1];
  if (next === undefined) return [];
  const living = livingFunctions(parts, parts.sumsAt(index + 1), next);
  return [...living].filter((id) => (parts.functions.get(id)?.firstStep ?? 0) <= index);
}

/** An object that changed inside shows its new text under every name that is bound to it. */
function resolve(sums: Sums, value: TraceValue): TraceValue {
  return value.objectId === undefined ? value : (sums.objects.get(value.objectId)?.value ?? value);
}

function frameState(parts: TraceIndex, sums: Sums, id: FrameId): FrameState {
  const frame = parts.frames.get(id);
  if (frame === undefined)
    throw new Error(`A step names the frame ${id}, which is not in the list`);
  const names = namesOf(parts, sums, id);
  return { frame, line: sums.lines.get(id) ?? 0, running: false, caller: null, names };
}

function namesOf(parts: TraceIndex, sums: Sums, id: FrameId): NameState[] {
  const own = [...(sums.locals.get(id) ?? [])].map(([name, held]) => ({
    name,
    value: resolve(sums, held.value),
    cellId: null,
    changedAt: held.changedAt,
  }));
  return [...own, ...cellNamesOf(parts, sums, id)];
}

function cellNamesOf(parts: TraceIndex, sums: Sums, id: FrameId): NameState[] {
  const names: NameState[] = [];
  for (const cell of parts.cellsOf.get(id) ?? []) {
    const held = sums.cells.get(cell.id);
    if (held === undefined) continue;
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
function livingFunctions(parts: TraceIndex, sums: Sums, step: TraceStep): Set<FunctionId> {
  const living = new Set<FunctionId>();
  const reach = (id: FunctionId): void => {
    const found = parts.functions.get(id);
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
  for (const id of sums.waiting) {
    const functionId = parts.frames.get(id)?.functionId ?? null;
    if (functionId !== null) reach(functionId);
    for (const held of sums.locals.get(id)?.values() ?? []) reachValue(held.value);
    for (const name of cellNamesOf(parts, sums, id)) reachValue(name.value);
  }
  reachValue(step.value);
  return living;
}

function keptFrames(
  trace: Trace,
  parts: TraceIndex,
  sums: Sums,
  living: ReadonlySet<FunctionId>,
): FrameState[] {
  const used = new Set<CellId>();
  for (const each of trace.functions) {
    if (living.has(each.id)) Object.values(each.cells).forEach((cellId) => used.add(cellId));
  }
  if (used.size === 0) return [];
  const owners = new Set<FrameId>();
  for (const cell of trace.cells) {
    if (cell.frameId !== null && used.has(cell.id)) owners.add(cell.frameId);
  }
  return trace.frames
    .filter((frame) => owners.has(frame.id) && !sums.waiting.has(frame.id))
    .map((frame) => {
      const whole = frameState(parts, sums, frame.id);
      return {
        ...whole,
        names: whole.names.filter((name) => name.cellId !== null && used.has(name.cellId)),
      };
    });
}
