// The layers that decorators put around a function:
//
//   @times(3)        line by line from the top: times(3) is called and gives around, outer is looked up, double is made
//   @outer           then from the bottom: outer(double) gives wrapper, around(wrapper) gives w
//   def double ...   and at last the name double is bound to w
//
//   [ w [ wrapper [ double ] ] ]

import { stateAt } from './trace-state.ts';
import type { Trace, TraceLayer, TraceStep, TraceValue } from './trace.ts';

export interface Layers {
  /** The name that is bound at the end. */
  readonly name: string;
  readonly defines: 'function' | 'class';
  /** From the top. */
  readonly decorators: readonly Decorator[];
  /** `made[0]` is the function or class itself, `made[k]` what it became after k decorators, from the bottom. */
  readonly made: readonly TraceLayer[];
  /** The name in the `def` line of each, or the type of an object: what `__name__` may hide. */
  readonly ownNames: readonly string[];
  /** Whether layer k still leads to the one below it; `same` = the decorator handed the same object back. */
  readonly holds: readonly TraceLayer['leads'][];
  readonly events: readonly LayerEvent[];
  /** What the name pointed to before; null when there was no such name. */
  readonly before: TraceValue | null;
}

export interface Decorator {
  /** `times(3)` */
  readonly text: string;
  /** It is a call, whose result is what decorates. */
  readonly isFactory: boolean;
  /** What its line gave; null while that is not known. */
  readonly value: TraceValue | null;
}

export interface LayerEvent {
  readonly kind: 'before' | 'decorator' | 'applied' | 'bound' | 'call' | 'return' | 'raise';
  /** Of `decorator`: its place from the top, from 0. Of the others: a layer. */
  readonly at: number;
  readonly value: TraceValue | null;
  /** Of the trace. */
  readonly step: number;
}

/** The layers of a decorated name, the first time that its definition runs; null when there is none. */
export function layersOf(trace: Trace, of: string | null): Layers | null {
  const { expressions } = trace;
  const first = expressions?.layers.find(
    ({ statement }) => of === null || expressions.statements[statement]?.name === of,
  );
  const statement = expressions?.statements[first?.statement ?? -1];
  if (expressions === undefined || first === undefined || statement === undefined) return null;
  const { name = '', decorators: texts = [], defines = 'function' } = statement;
  const made = firstRun(expressions.layers.filter((each) => each.statement === first.statement));
  const at = frameOf(trace, first.step);
  const before = nameAt(trace, first.step, at, name);
  const worked = decoratorEvents(trace, made, statement.start);
  const step = Math.min(first.step, ...worked.map((event) => event.step));
  const applied = made.map((each, layer): LayerEvent => ({
    kind: 'applied',
    at: layer,
    value: each.value,
    step: each.step,
  }));
  const start: LayerEvent = { kind: 'before', at: 0, value: before, step: Math.max(0, step) };
  const decorators = texts.map((text, at): Decorator => {
    const event = worked.find((each) => each.at === at);
    return { text, isFactory: text.endsWith(')'), value: event?.value ?? null };
  });
  return {
    name,
    defines,
    decorators,
    made,
    ownNames: made.map(
      ({ value, about }) =>
        trace.functions.find(({ id }) => id === value.functionId)?.name ?? about.name ?? value.text,
    ),
    holds: made.map(({ leads }) => leads),
    events: [
      start,
      ...worked,
      ...applied,
      ...boundEvent(trace, made, decorators.length, at, name),
      ...callEvents(trace, made),
    ].toSorted((left, right) => left.step - right.step),
    before,
  };
}

/** In a factory the same definition runs again and again: the first time is shown. */
function firstRun(layers: readonly TraceLayer[]): readonly TraceLayer[] {
  const again = layers.findIndex(({ layer }, at) => at > 0 && layer === 0);
  return again < 0 ? layers : layers.slice(0, again);
}

function frameOf(trace: Trace, step: number): string {
  return trace.steps[Math.max(0, step)]?.frameId ?? 'f0';
}

function nameAt(trace: Trace, step: number, frameId: string, name: string): TraceValue | null {
  const { stack } = stateAt(trace, step);
  const frame = stack.find((each) => each.frame.id === frameId);
  return frame?.names.find((each) => each.name === name)?.value ?? null;
}

/** Every decorator's line is worked out from the top, before the function is made. */
function decoratorEvents(
  trace: Trace,
  made: readonly TraceLayer[],
  defStart: number,
): LayerEvent[] {
  const { expressions } = trace;
  const [bare] = made;
  if (expressions === undefined || bare === undefined) return [];
  const roots = expressions.nodes
    .map((node, number) => ({ ...node, number }))
    .filter((node) => node.statement === bare.statement && node.parent < 0 && node.start < defStart)
    .sort((left, right) => left.start - right.start);
  return roots.flatMap(({ number }, at) => {
    const found = expressions.evaluations
      .slice(0, bare.evaluation)
      .findLast(([each, , , value]) => each === number && !('error' in value));
    if (found === undefined || 'error' in found[3]) return [];
    return [{ kind: 'decorator', at, value: found[3], step: Math.max(0, found[1]) } as const];
  });
}

function boundEvent(
  trace: Trace,
  made: readonly TraceLayer[],
  count: number,
  frameId: string,
  name: string,
): LayerEvent[] {
  const last = made.at(-1);
  if (last === undefined || made.length <= count) return [];
  const step = trace.steps.findIndex(
    (each, at) => at > last.step && isNamed(trace, each, frameId, name),
  );
  if (step < 0) return [];
  return [{ kind: 'bound', at: count, value: nameAt(trace, step, frameId, name), step }];
}

/** Whether the name has just got a value in that frame. */
function isNamed(trace: Trace, step: TraceStep, frameId: string, name: string): boolean {
  if ((step.locals?.[frameId]?.[name] ?? null) !== null) return true;
  const cell = trace.cells.find((each) => each.frameId === frameId && each.name === name);
  return cell !== undefined && (step.cells?.[cell.id] ?? null) !== null;
}

/** Calls of the layers, once the name is bound. */
function callEvents(trace: Trace, made: readonly TraceLayer[]): LayerEvent[] {
  const from = made.at(-1)?.step ?? 0;
  const layerOf = new Map<string, number>();
  made.forEach(({ value }, layer) => {
    // A decorator that hands the same function back adds no layer of its own.
    if (value.functionId !== undefined && !layerOf.has(value.functionId))
      layerOf.set(value.functionId, layer);
  });
  const frames = new Map(trace.frames.map((each) => [each.id, each]));
  return trace.steps.flatMap((step, at): LayerEvent[] => {
    if (at <= from) return [];
    const layer = layerOf.get(frames.get(step.frameId)?.functionId ?? '');
    if (layer === undefined) return [];
    if (step.kind === 'call') return [{ kind: 'call', at: layer, value: null, step: at }];
    if (step.kind === 'return')
      return [{ kind: 'return', at: layer, value: step.value ?? null, step: at }];
    return step.kind === 'raise' ? [{ kind: 'raise', at: layer, value: null, step: at }] : [];
  });
}
