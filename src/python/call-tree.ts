// Who called whom: the calls of one function in a trace, as a tree. With a cache, also the calls that did
// not happen.
//
//   1 fib(4) ── 2 fib(3) ── 3 fib(2) ...        computed   it ran
//            └─ 9 fib(2)                        hit        a table knew the answer, nothing below it ran
//                 └┄ fib(1)   ┄ fib(0)          saved      what would have been called
//
// A wrapper (a decorator's inner function) and the function that it calls are one call.

import { rowsOfCaches, rowsOfCalls, type KeptRow } from './cache-table.ts';
import type { FrameId, Trace, TraceFrame, TraceFunction, TraceValue } from './trace.ts';

export interface CallTree {
  /** Name of the function whose calls these are. */
  readonly name: string;
  readonly roots: readonly CallNode[];
  /** All calls in their order: `calls[n]` has the number n + 1. */
  readonly calls: readonly CallNode[];
  readonly hits: number;
  /** Calls that would have been made without the table; not exact above Number.MAX_SAFE_INTEGER. */
  readonly saved: number;
  /** What its table kept; none where nothing is kept. */
  readonly rows: readonly KeptRow[];
  /** The function looks answers up itself: what it answers without a call of its own is not kept. */
  readonly looksUpItself: boolean;
}

export interface CallNode {
  readonly number: number;
  readonly parent: CallNode | null;
  /** As a call shows them: `4`, `2, 7`. */
  readonly arguments: string;
  /** `repeated`: these arguments were there before, and it ran all the same. */
  readonly kind: 'computed' | 'repeated' | 'hit';
  /** Steps of the trace at which it begins, and at which its result is there; null while it never ended. */
  readonly begins: number;
  readonly ends: number | null;
  /** What came back; null when an exception left it, or nothing yet. */
  readonly result: string | null;
  /** Type of the exception that left it. */
  readonly raised: string | null;
  readonly children: readonly CallNode[];
  /** Below a hit: what was not called. */
  readonly saved: readonly SavedCall[];
  /** How many those are, the ones that are not drawn too; not exact above Number.MAX_SAFE_INTEGER. */
  readonly savedCount: number;
}

export interface SavedCall {
  readonly arguments: string;
  readonly children: readonly SavedCall[];
}

/** A hit near the root of a large tree would stand for thousands of calls: so many are drawn, below one and in all. */
const SAVED_MAX = 300;
const SAVED_IN_ALL_MAX = 2_000;

/** A call while the tree is put together. */
interface Draft extends Omit<
  CallNode,
  'parent' | 'children' | 'number' | 'kind' | 'saved' | 'savedCount'
> {
  number: number;
  parent: Draft | null;
  kind: CallNode['kind'];
  children: Draft[];
  saved: readonly SavedCall[];
  savedCount: number;
  /** The lines that its own frame ran, in order. */
  path: string;
  /** Whether the function itself ran in it, and not only a wrapper. */
  ran: boolean;
}

/** Null when no function of that name was called. Without a name: the function that was called most often. */
export function callTree(trace: Trace, name: string | null): CallTree | null {
  const of = name ?? mostCalled(trace);
  if (of === null) return null;
  const { drafts, callOf } = draftCalls(trace, of);
  if (drafts.length === 0) return null;
  drafts.sort((one, two) => one.begins - two.begins);
  drafts.forEach((draft, at) => {
    draft.number = at + 1;
    draft.parent?.children.push(draft);
  });
  const makers = new Map<string, Draft>();
  for (const draft of drafts) {
    const maker = makers.get(draft.arguments);
    if (maker === undefined) makers.set(draft.arguments, draft);
    else draft.kind = isAnswered(draft, maker) ? 'hit' : 'repeated';
  }
  const counted = new Map<Draft, number>();
  let left = SAVED_IN_ALL_MAX;
  for (const draft of drafts) {
    if (draft.kind !== 'hit') continue;
    const maker = makers.get(draft.arguments);
    if (maker === undefined) continue;
    draft.savedCount = countBelow(maker, makers, counted);
    const most = Math.min(SAVED_MAX, left);
    const room = { left: most };
    draft.saved = savedBelow(maker, makers, room);
    left -= most - room.left;
  }
  return {
    name: of,
    roots: drafts.filter(({ parent }) => parent === null),
    calls: drafts,
    hits: drafts.filter(({ kind }) => kind === 'hit').length,
    saved: savedUntil(drafts, Infinity),
    rows:
      rowsOfCaches(trace, of, (frame) => callOf.get(frame)?.number ?? null) ??
      rowsOfCalls(keptCalls(drafts)),
    looksUpItself: drafts.some(({ kind, ran }) => kind === 'hit' && ran),
  };
}

/** Whether a call with known arguments got its answer from a table: it came back, and nothing ran for it. */
function isAnswered(draft: Draft, maker: Draft): boolean {
  if (draft.kind === 'hit') return true;
  if (draft.result === null || draft.result !== maker.result) return false;
  if (draft.children.length > 0) return false;
  // A wrapper answered without its function; or the function itself went another way than when it worked it out.
  return !draft.ran || draft.path !== maker.path;
}

/**
 * The calls that a table of the program's own kept. A way through the function that was gone again for the same
 * arguments, and never saved a call, leads past the table: as `if n < 2: return n` above it does.
 */
function keptCalls(drafts: readonly Draft[]): readonly Draft[] {
  const answered = new Set(
    drafts.filter(({ kind }) => kind === 'hit').map((each) => each.arguments),
  );
  const past = new Set(drafts.filter(({ kind }) => kind === 'repeated').map(({ path }) => path));
  for (const { kind, arguments: key, path } of drafts)
    if (kind === 'computed' && answered.has(key)) past.delete(path);
  return drafts.filter(({ kind, path }) => kind !== 'computed' || !past.has(path));
}

function mostCalled(trace: Trace): string | null {
  const counts = new Map<string, number>();
  for (const frame of trace.frames)
    if (frame.parentId !== null) counts.set(frame.name, (counts.get(frame.name) ?? 0) + 1);
  let best: string | null = null;
  for (const [name, count] of counts)
    if (best === null || count > (counts.get(best) ?? 0)) best = name;
  return best;
}

function draftCalls(
  trace: Trace,
  name: string,
): { drafts: Draft[]; callOf: ReadonlyMap<FrameId, Draft> } {
  const functions = new Map(trace.functions.map((each) => [each.id, each]));
  const wrappers = wrappersOf(trace, name);
  const paths = pathsOf(trace);
  const isOwn = (frame: TraceFrame): boolean =>
    frame.functionId !== null && functions.get(frame.functionId)?.name === name;
  const isWrapper = (frame: TraceFrame): boolean =>
    frame.functionId !== null && wrappers.has(frame.functionId);
  const frames = new Map(trace.frames.map((frame) => [frame.id, frame]));
  const wrapped = soleCallees(trace, isOwn, isWrapper);
  /** The call that each frame belongs to. */
  const callOf = new Map<FrameId, Draft>();
  const drafts: Draft[] = [];
  for (const frame of trace.frames) {
    const outer = frame.callerId === null ? undefined : callOf.get(frame.callerId);
    if (wrapped.has(frame.id) && outer !== undefined) {
      callOf.set(frame.id, outer);
      outer.ran = true;
      continue;
    }
    if (!isOwn(frame) && !isWrapper(frame)) continue;
    const draft: Draft = {
      ...emptyDraft(argumentsOf(trace, frame, functions), frame.firstStep, isOwn(frame)),
      path: paths.get(frame.id) ?? '',
      parent: callAround(frame.callerId, frames, callOf),
      ends: frame.lastStep,
      result: frame.returned === null ? null : textOf(frame.returned),
      raised: frame.raised?.type ?? null,
    };
    callOf.set(frame.id, draft);
    drafts.push(draft);
  }
  for (const hit of trace.cacheHits ?? []) {
    if (functions.get(hit.functionId)?.name !== name) continue;
    drafts.push({
      ...emptyDraft(hit.arguments, hit.step + 1, false),
      // Of a hit and a call at one step the hit came first.
      begins: hit.step + 0.5,
      parent: callAround(hit.callerId, frames, callOf),
      kind: 'hit',
      ends: hit.step + 1,
      result: textOf(hit.value),
    });
  }
  return { drafts, callOf };
}

function emptyDraft(args: string, begins: number, ran: boolean): Draft {
  return {
    number: 0,
    parent: null,
    arguments: args,
    kind: 'computed',
    begins,
    ends: null,
    result: null,
    raised: null,
    children: [],
    saved: [],
    savedCount: 0,
    path: '',
    ran,
  };
}

function pathsOf({ steps }: Trace): ReadonlyMap<FrameId, string> {
  const paths = new Map<FrameId, string>();
  for (const { kind, frameId, line } of steps)
    if (kind === 'line') paths.set(frameId, `${paths.get(frameId) ?? ''} ${line}`);
  return paths;
}

/** Functions that keep `name` in a cell: what a decorator puts in its place. */
function wrappersOf(trace: Trace, name: string): ReadonlySet<string> {
  const own = new Set(trace.functions.filter((each) => each.name === name).map(({ id }) => id));
  const cells = new Set<string>();
  for (const step of trace.steps)
    for (const [cellId, value] of Object.entries(step.cells ?? {}))
      if (value?.functionId !== undefined && own.has(value.functionId)) cells.add(cellId);
  const keeps = (each: TraceFunction): boolean =>
    Object.values(each.cells).some((cellId) => cells.has(cellId));
  return new Set(
    trace.functions.filter((each) => each.name !== name && keeps(each)).map(({ id }) => id),
  );
}

/** Frames of the function that a wrapper called, where it called it once: both are one call. */
function soleCallees(
  trace: Trace,
  isOwn: (frame: TraceFrame) => boolean,
  isWrapper: (frame: TraceFrame) => boolean,
): ReadonlySet<FrameId> {
  const wrapperIds = new Set(trace.frames.filter(isWrapper).map(({ id }) => id));
  const callees = new Map<FrameId, FrameId[]>();
  for (const frame of trace.frames)
    if (isOwn(frame) && frame.callerId !== null && wrapperIds.has(frame.callerId))
      callees.set(frame.callerId, [...(callees.get(frame.callerId) ?? []), frame.id]);
  return new Set([...callees.values()].filter((ids) => ids.length === 1).flat());
}

function callAround(
  callerId: FrameId | null,
  frames: ReadonlyMap<FrameId, TraceFrame>,
  callOf: ReadonlyMap<FrameId, Draft>,
): Draft | null {
  let id = callerId;
  while (id !== null) {
    const found = callOf.get(id);
    if (found !== undefined) return found;
    id = frames.get(id)?.callerId ?? null;
  }
  return null;
}

/** What the parameters held when the frame was made. */
function argumentsOf(
  trace: Trace,
  frame: TraceFrame,
  functions: ReadonlyMap<string, TraceFunction>,
): string {
  const step = trace.steps[frame.firstStep];
  const values = new Map(Object.entries(step?.locals?.[frame.id] ?? {}));
  for (const cell of trace.cells)
    if (cell.frameId === frame.id) values.set(cell.name, step?.cells?.[cell.id] ?? null);
  const written = functions.get(frame.functionId ?? '')?.parameters ?? [];
  return written
    .flatMap((each) => {
      const name = /^\**(\w+)/.exec(each)?.[1];
      const value = name === undefined ? undefined : values.get(name);
      if (value === undefined || value === null) return [];
      return each.startsWith('*') ? unpacked(each, value.text) : [textOf(value)];
    })
    .join(', ');
}

/** `(4,)` of `*args` is `4`; `{'n': 3}` of `**kwargs` stays as it is, and an empty one is nothing. */
function unpacked(parameter: string, text: string): readonly string[] {
  if (text === '()' || text === '{}') return [];
  return [parameter.startsWith('**') ? text : text.replace(/^\(|,?\)$/g, '')];
}

function textOf(value: TraceValue): string {
  return value.text;
}

/** Counted once for each maker: the answer of a cached fib(80) stands for more calls than can be walked through. */
function countBelow(
  maker: Draft,
  makers: ReadonlyMap<string, Draft>,
  counted: Map<Draft, number>,
): number {
  const known = counted.get(maker);
  if (known !== undefined) return known;
  // A call that asks for its own answer is not counted below itself.
  counted.set(maker, 0);
  const count = maker.children.reduce(
    (sum, child) => sum + 1 + countBelow(makerOf(child, makers), makers, counted),
    0,
  );
  counted.set(maker, count);
  return count;
}

function savedBelow(
  maker: Draft,
  makers: ReadonlyMap<string, Draft>,
  room: { left: number },
): SavedCall[] {
  const saved: SavedCall[] = [];
  for (const child of maker.children) {
    if (room.left <= 0) break;
    room.left -= 1;
    const children = savedBelow(makerOf(child, makers), makers, room);
    saved.push({ arguments: child.arguments, children });
  }
  return saved;
}

/** A hit inside what was saved stands for all that its own answer once cost. */
function makerOf(draft: Draft, makers: ReadonlyMap<string, Draft>): Draft {
  return draft.kind === 'hit' ? (makers.get(draft.arguments) ?? draft) : draft;
}

/** How many calls a table has saved until a step. */
export function savedUntil(calls: readonly CallNode[], index: number): number {
  return calls.reduce((sum, call) => sum + (call.begins <= index ? call.savedCount : 0), 0);
}

/** The call that runs at a step, or that has just come back; null before the first one. */
export function currentCall(tree: CallTree, index: number): CallNode | null {
  const ended = tree.calls.find(({ ends, begins }) => ends === index && begins <= index);
  if (ended !== undefined) return ended;
  return (
    tree.calls.findLast(({ begins, ends }) => begins <= index && (ends ?? Infinity) >= index) ??
    null
  );
}

/** Steps at which a call begins or comes back, and both ends of the run: where the tree changes. */
export function treeStops(tree: CallTree, lastStep: number): readonly number[] {
  const stops = tree.calls.flatMap(({ begins, ends }) => [Math.ceil(begins), ends ?? lastStep]);
  return [...new Set([0, ...stops, lastStep])].sort((one, two) => one - two);
}
