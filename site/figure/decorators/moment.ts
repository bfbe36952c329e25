// What of the layers is there after so many events.

import type { LayerEvent } from '../../../src/python/layer-events.ts';
import { chainOf, type Layers } from '../../../src/python/layers.ts';

export interface Moment {
  readonly now: LayerEvent | undefined;
  /** The layers that are drawn, from the outermost one; those that are made and have no name yet too. */
  readonly chain: readonly number[];
  readonly isBound: boolean;
  readonly isDeleted: boolean;
  /** The exception that ended the definition. */
  readonly failed: LayerEvent | null;
  /** The layer that a decorator at work is going to make; null = none works. */
  readonly begun: number | null;
  /** Places of decorators whose lines have been worked out. */
  readonly worked: ReadonlySet<number>;
  /** How many decorators have been applied. */
  readonly applied: number;
  /** Calls that are on the stack, the running one last. */
  readonly running: readonly LayerEvent[];
}

export function momentOf(layers: Layers, position: number): Moment {
  const past = layers.events.slice(0, position + 1);
  const top = past.findLast(({ kind }) => kind === 'applied' || kind === 'bound')?.at ?? -1;
  const named = past.findLast(({ kind }) => kind === 'bound' || kind === 'deleted')?.kind;
  const work = past.findLast(({ kind }) => ['begun', 'applied', 'failed'].includes(kind));
  return {
    now: past.at(-1),
    chain: chainOf(layers, top),
    isBound: named === 'bound',
    isDeleted: named === 'deleted',
    failed: past.find(({ kind }) => kind === 'failed') ?? null,
    begun: work?.kind === 'begun' ? work.at : null,
    worked: new Set(past.flatMap(({ kind, at }) => (kind === 'decorator' ? [at] : []))),
    applied: past.filter(({ kind, at }) => kind === 'applied' && at > 0).length,
    running: runningCalls(past),
  };
}

function runningCalls(past: readonly LayerEvent[]): readonly LayerEvent[] {
  const running = new Map<string, LayerEvent>();
  past.forEach((event, index) => {
    const { kind, frameId = '' } = event;
    if (kind === 'call' || kind === 'resume') running.set(frameId, event);
    // What leaves a layer is still shown in it.
    if (['return', 'raise', 'yield'].includes(kind) && index < past.length - 1)
      running.delete(frameId);
  });
  return [...running.values()];
}
