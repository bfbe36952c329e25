// The layers around a name: what decorators made of its definition, and what later lines bound it to.
//
//   @times(3)        line by line from the top: times(3) is called and gives around, outer is looked up, double is made
//   @outer           then from the bottom: outer(double) gives wrapper, around(wrapper) gives w
//   def double ...   then the name double is bound to w
//   double = timed(double)                     and later to one more
//
//   [ measure [ w [ wrapper [ double ] ] ] ]

import { layerEvents, lineOf, type Layer, type LayerEvent, type Pile } from './layer-events.ts';
import { stateAt } from './trace-state.ts';
import type { Trace, TraceBroken, TraceValue } from './trace.ts';

export interface Layers {
  readonly name: string;
  readonly defines: 'function' | 'class';
  /** From the top. */
  readonly decorators: readonly Decorator[];
  /** `made[0]` is the function or class itself; then what each decorator made of it, from the bottom, and each later line. */
  readonly made: readonly Layer[];
  readonly events: readonly LayerEvent[];
  /** What the name pointed to before; null when there was no such name. */
  readonly before: TraceValue | null;
  /** The definition ended in an exception. */
  readonly broken: TraceBroken | null;
  /** An object as it is at a step; null for layers that are no objects with names of their own. */
  objectAt(layer: number, step: number): string | null;
}

export interface Decorator {
  /** `times(3)` */
  readonly text: string;
  /** It is a call, whose result is what decorates. */
  readonly isFactory: boolean;
  /** What its line gave; null while that is not known. */
  readonly value: TraceValue | null;
}

/** The layers of a name, the first time that its definition binds it; null when there are none. */
export function layersOf(trace: Trace, of: string | null, code: string): Layers | null {
  const pile = pileOf(trace, of, code);
  const statement = trace.expressions?.statements[pile?.statement ?? -1];
  if (pile === null || statement === undefined) return null;
  const name = trace.layering?.piles[pile.number ?? -1]?.name ?? statement.name ?? '';
  const events = layerEvents(trace, pile, name, code);
  const { decorators = [], factories = [], defines = 'function' } = statement;
  return {
    name,
    defines,
    decorators: decorators.map((text, at) => {
      const event = events.find((each) => each.kind === 'decorator' && each.at === at);
      return { text, isFactory: factories[at] === true, value: event?.value ?? null };
    }),
    made: pile.made,
    events,
    before: events[0]?.value ?? null,
    broken: pile.broken,
    objectAt(layer, step) {
      const value = pile.made[layer]?.value;
      if (value?.objectId === undefined) return null;
      const { text } = stateAt(trace, step).objects.get(value.objectId)?.value ?? value;
      return text === `<${value.type}>` ? null : text;
    },
  };
}

/** In a factory the same definition runs again and again: the first time is shown, if it binds the name. */
function pileOf({ expressions, layering }: Trace, of: string | null, code: string): Pile | null {
  if (expressions === undefined || layering === undefined) return null;
  const { piles, bound, failed } = layering;
  const isOf = (name: string | undefined): boolean => of === null || of === name;
  const broken =
    failed.find(({ statement }) => isOf(expressions.statements[statement]?.name)) ?? null;
  const candidates = piles
    .map((each, number) => ({ ...each, number }))
    .filter((each) => isOf(each.name));
  const whole = candidates.find(({ number }) => bound.some(({ pile }) => pile === number));
  const number = whole?.number ?? (broken === null ? candidates[0]?.number : broken.pile) ?? null;
  const { frameId, statement } = piles[number ?? -1] ?? broken ?? {};
  if (frameId === undefined || statement === undefined) return null;
  const made = expressions.layers
    .filter((each) => each.pile === number)
    .map((each) => ({
      ...each,
      by: each.layer === null ? lineOf(expressions.statements[each.statement], code) : null,
    }));
  return { number, frameId, statement, made, broken: whole === undefined ? broken : null };
}

/** The layers from the one that the name points to down to the definition, as they stand on each other. */
export function chainOf({ made }: Layers, top: number): readonly number[] {
  const chain: number[] = [];
  for (let at = top; at >= 0; at = made[at]?.on ?? -1) chain.push(at);
  return chain;
}
