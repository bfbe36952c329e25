// What happens to the layers around a name, in the order of the run: lines are worked out, decorators applied, the name
// is bound, layers are called.

import { stateAt } from './trace-state.ts';
import type {
  FrameId,
  Trace,
  TraceBroken,
  TraceCall,
  TraceError,
  TraceFrame,
  TraceLayer,
  TraceValue,
} from './trace.ts';

export interface Layer extends TraceLayer {
  /** The line that bound the name to it, when that was no decorator. */
  readonly by: Line | null;
}

export interface Line {
  readonly line: number;
  readonly text: string;
}

export interface LayerEvent {
  readonly kind:
    | 'before'
    | 'decorator'
    | 'begun' // a decorator is called, and something that is drawn runs before it gives anything
    | 'applied'
    | 'failed'
    | 'bound'
    | 'deleted'
    | CallKind;
  /** Of `decorator` its place from the top, from 0; of `begun` and `failed` the layer that comes or would have come. */
  readonly at: number;
  readonly value: TraceValue | null;
  /** Of the trace. */
  readonly step: number;
  /** Of a call. */
  readonly frameId?: FrameId;
  /** A function that a decorator calls while it is applied, and that is no layer yet: `wrapper of noted`. */
  readonly inner?: string;
  /** Of a name that a later line binds. */
  readonly by?: Line;
  readonly error?: TraceError;
}

export type CallKind = 'call' | 'return' | 'raise' | 'yield' | 'resume';

/** What is known of one definition before its events are. */
export interface Pile {
  /** Its index; null when nothing was made. */
  readonly number: number | null;
  readonly frameId: FrameId;
  readonly statement: number;
  readonly made: readonly Layer[];
  readonly broken: TraceBroken | null;
}

export function layerEvents(
  trace: Trace,
  pile: Pile,
  name: string,
  code: string,
): readonly LayerEvent[] {
  const worked = decoratorEvents(trace, pile);
  const [bare] = pile.made;
  const first = Math.min(
    ...[...worked, bare, pile.broken].flatMap((each) => each?.step ?? []),
    trace.steps.length - 1,
  );
  // Without a decorator, it is seen only when its name is bound.
  const before = Math.max(0, worked.length > 0 || pile.broken !== null ? first : first - 1);
  const works = applications(trace, pile);
  const calls = callEvents(trace, pile, works);
  const applied = pile.made.flatMap((each, at): readonly LayerEvent[] => {
    if (each.layer === null) return [];
    const event = { kind: 'applied', at, value: each.value, step: each.step } as const;
    return [...begunEvent(works, at, calls), event];
  });
  return [
    {
      kind: 'before',
      at: 0,
      value: nameAt(trace, before, pile.frameId, name),
      step: before,
    } as const,
    ...worked,
    // At the same step: what a layer gives back comes first, then what it is used for.
    ...calls,
    ...applied,
    ...failedEvents(pile, works, calls),
    ...boundEvents(trace, pile, code),
  ].toSorted((left, right) => left.step - right.step);
}

/** The value of a name in a frame, as it is at that step. */
function nameAt(trace: Trace, step: number, frameId: FrameId, name: string): TraceValue | null {
  const frame = stateAt(trace, step).stack.find((each) => each.frame.id === frameId);
  return frame?.names.find((each) => each.name === name)?.value ?? null;
}

/** Every decorator's line is worked out from the top, before the function is made. */
function decoratorEvents({ expressions }: Trace, pile: Pile): readonly LayerEvent[] {
  const statement = expressions?.statements[pile.statement];
  if (expressions === undefined || statement === undefined) return [];
  const until = pile.made[0]?.evaluation ?? expressions.evaluations.length;
  const seen = expressions.evaluations.slice(0, until);
  const roots = expressions.nodes
    .map((node, number) => ({ ...node, number }))
    .filter(
      (node) =>
        node.statement === pile.statement && node.parent < 0 && node.start < statement.start,
    )
    .sort((left, right) => left.start - right.start);
  return roots.flatMap(({ number }, at) => {
    const found = seen.findLast(
      ([each, , frameId, value]) =>
        each === number && frameId === pile.frameId && !('error' in value),
    );
    if (found === undefined || 'error' in found[3]) return [];
    return [{ kind: 'decorator', at, value: found[3], step: Math.max(0, found[1]) } as const];
  });
}

/** A decorator at work: from its call to what it gave, or to its exception. */
interface Application {
  readonly layer: number;
  readonly from: number;
  readonly until: number;
  /** The frame of the decorator; null where no code of the program works. */
  readonly frameId: FrameId | null;
}

function applications(trace: Trace, { statement, frameId, made, broken }: Pile): Application[] {
  const ends = made.flatMap(({ layer, step }) => (layer === null ? [] : [{ layer, until: step }]));
  if (broken?.isApplied === true) ends.push({ layer: broken.layer ?? 0, until: broken.step });
  return ends.flatMap(({ layer, until }) => {
    const below = made[layer - 1];
    if (below === undefined) return [];
    const call = trace.expressions?.calls.find(
      (each: TraceCall) =>
        each.callerId === frameId &&
        each.applies?.[0] === statement &&
        each.applies[1] === layer &&
        each.step >= below.step,
    );
    return [{ layer, from: call?.step ?? below.step, until, frameId: call?.frameId ?? null }];
  });
}

/** A decorator that calls something drawn is seen at work; another one only gives what it gives. */
function begunEvent(
  works: readonly Application[],
  layer: number,
  calls: readonly LayerEvent[],
): readonly LayerEvent[] {
  const work = works.find((each) => each.layer === layer);
  if (work === undefined || !calls.some(({ step }) => step > work.from && step <= work.until))
    return [];
  return [{ kind: 'begun', at: layer, value: null, step: work.from }];
}

function failedEvents(
  { broken }: Pile,
  works: readonly Application[],
  calls: readonly LayerEvent[],
): readonly LayerEvent[] {
  if (broken === null) return [];
  const { layer, step, error, isApplied } = broken;
  return [
    ...(isApplied ? begunEvent(works, layer ?? 0, calls) : []),
    { kind: 'failed', at: layer ?? 0, value: null, step, error },
  ];
}

function boundEvents({ expressions, layering }: Trace, pile: Pile, code: string): LayerEvent[] {
  const own = layering?.bound.filter((each) => each.pile === pile.number) ?? [];
  return own.map(({ at, step, statement }, index): LayerEvent => {
    const by =
      index === 0 && statement === pile.statement
        ? {}
        : { by: lineOf(expressions?.statements[statement], code) };
    if (at === null) return { kind: 'deleted', at: -1, value: null, step, ...by };
    return { kind: 'bound', at, value: pile.made[at]?.value ?? null, step, ...by };
  });
}

const CALLS: ReadonlySet<string> = new Set<CallKind>([
  'call',
  'return',
  'raise',
  'yield',
  'resume',
]);

/** Calls of the layers, and of what a decorator calls while it is applied. */
function callEvents(trace: Trace, pile: Pile, works: readonly Application[]): LayerEvent[] {
  const from = pile.made[0]?.step ?? Infinity;
  const found = new Map(
    trace.frames.flatMap((frame) => {
      const which = frame.firstStep <= from ? null : calledOf(trace, pile, works, frame);
      return which === null ? [] : [[frame.id, which] as const];
    }),
  );
  return trace.steps.flatMap(({ kind, frameId, value, error }, step): LayerEvent[] => {
    const which = found.get(frameId);
    if (which === undefined || !isCall(kind)) return [];
    const raised = error === undefined ? {} : { error };
    return [{ kind, value: value ?? null, step, frameId, ...which, ...raised }];
  });
}

function isCall(kind: string): kind is CallKind {
  return CALLS.has(kind);
}

/** Which layer a frame runs, or which function of a decorator that is at work; null = none. */
function calledOf(
  trace: Trace,
  { made, number }: Pile,
  works: readonly Application[],
  { id, functionId, firstStep }: TraceFrame,
): Pick<LayerEvent, 'at' | 'inner'> | null {
  const run = trace.layering?.runs.find((each) => each[0] === id && each[1] === number);
  // A decorator that hands the same function back adds no layer of its own: the lowest one counts.
  const at =
    run?.[2] ??
    made.findIndex(({ value }) => functionId !== null && value.functionId === functionId);
  if (at >= 0 && (made[at]?.step ?? Infinity) < firstStep) return { at };
  const called = trace.functions.find((each) => each.id === functionId);
  const work = works.find((each) => firstStep > each.from && firstStep <= each.until);
  if (called === undefined || work === undefined) return null;
  const isOwn = work.frameId !== null && called.parentId === work.frameId;
  if (at < 0 && !isOwn) return null;
  const around = trace.frames.find((each) => each.id === called.parentId);
  const of = around === undefined || around.callerId === null ? '' : ` of ${around.name}`;
  return { at: -1, inner: `${called.name}${of}` };
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A statement, of a long one its first line. */
export function lineOf(statement: Place | undefined, code: string): Line {
  const { start = 0, end = 0, line = 0 } = statement ?? {};
  return { line, text: code.slice(start, end).split('\n', 1)[0]?.trim() ?? '' };
}
