// The imports of a run, step by step: what was asked for, where Python looked, what ran, what stands on the shelf.
//
//   ask      units: not on the shelf yet; looked for in your folder: found
//   run      units.py runs; what it imports itself is asked for meanwhile
//   done     units stands on the shelf of loaded modules; a second import finds it there and runs nothing

import type { Trace, TraceImport } from './trace.ts';

export interface ShelfStep {
  readonly kind: 'start' | 'ask' | 'done';
  /** Null at the start. */
  readonly event: TraceImport | null;
  /** Modules that are running their code, the newest last. */
  readonly running: readonly string[];
  /** Modules on the shelf that the program asked for, in the order in which they came. */
  readonly shelf: readonly ShelfModule[];
  /** Of the trace. */
  readonly step: number;
}

export interface ShelfModule {
  readonly name: string;
  readonly file: string | null;
  /** How often it was asked for until then. */
  readonly asked: number;
  /** Its code has not run to its end. */
  readonly isHalf: boolean;
}

export function shelfSteps({ imports }: Trace): readonly ShelfStep[] {
  if (imports === undefined) return [];
  type Moment = { readonly event: TraceImport; readonly isEnd: boolean; readonly at: number };
  const moments: Moment[] = [];
  // Events are in the order in which they began; each ends after those that began while it ran.
  const open: TraceImport[] = [];
  const endTo = (depth: number): void => {
    while (open.length > depth) {
      const event = open.pop();
      if (event !== undefined) moments.push({ event, isEnd: true, at: event.ends ?? event.step });
    }
  };
  for (const event of imports.events) {
    endTo(event.depth);
    moments.push({ event, isEnd: false, at: event.step });
    open.push(event);
  }
  endTo(0);
  const steps: ShelfStep[] = [{ kind: 'start', event: null, running: [], shelf: [], step: 0 }];
  const shelf = new Map<string, ShelfModule>();
  const running: string[] = [];
  for (const { event, isEnd, at } of moments) {
    const { name, onShelf, file, error } = event;
    const known = shelf.get(name);
    if (!isEnd) {
      if (!onShelf) running.push(name);
      const asked = (known?.asked ?? 0) + 1;
      shelf.set(name, {
        name,
        file: known?.file ?? null,
        asked,
        isHalf: known?.isHalf ?? !onShelf,
      });
    } else {
      if (!onShelf) running.splice(running.lastIndexOf(name), 1);
      if (error !== null && !onShelf) shelf.delete(name);
      else if (known !== undefined && (!onShelf || !event.isHalf))
        shelf.set(name, { ...known, file: file ?? known.file, isHalf: false });
    }
    steps.push({
      kind: isEnd ? 'done' : 'ask',
      event,
      running: [...running],
      shelf: [...shelf.values()],
      step: at,
    });
  }
  return steps;
}
