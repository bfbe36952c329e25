// A program and its machine side by side. What draws the machine is loaded with the first run: a page that is
// only read does without it.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { View } from '../../src/python/views.ts';
import type { Cell } from '../lesson/cell-state.ts';
import type * as Parts from './pictures.tsx';

interface TraceViewProps {
  readonly view: View;
  /** The function whose calls a call tree shows. */
  readonly of: string | null;
  /** A line of the program: the step after it is the one that is printed. */
  readonly stepsTo: string | null;
  /** The program that was run, or will be. */
  readonly cell: Cell;
  /** How the cell is drawn. */
  readonly children: ComponentChildren;
}

/** Before a run: what the picture is called, and what will stand there. */
const EMPTY: Readonly<Record<View, readonly [title: string, words: string]>> = {
  environment: [
    'Environment diagram',
    'Run the program. Then its frames, functions and cells stand here, step by step.',
  ],
  binding: [
    'Argument binding',
    'Run the program. Then the slots of each call stand here, and are filled one by one.',
  ],
  expression: [
    'Expression steps',
    'Run the program. Then each expression stands here, and its parts turn into values.',
  ],
  modules: [
    'Module shelf',
    'Run the program. Then the places in which Python looks, and what it found there, stand here.',
  ],
  searchtree: [
    'Search tree',
    'Run the program. Then everything that the search tries stands here, one after the other.',
  ],
  replay: [
    'Replay',
    'Run the program. Then the grid stands here as each call found it, one after the other.',
  ],
  decorators: [
    'Decorator layers',
    'Run the program. Then the layers around the function stand here, as they come.',
  ],
  calltree: ['Call tree', 'Run the program. Then its calls stand here, one after the other.'],
};

export function TraceView({ view, of, stepsTo, cell, children }: TraceViewProps) {
  const loaded = useSignal<typeof Parts | null>(null);
  const isFailed = useSignal(false);
  const isRunning = cell.phase.value !== 'idle';
  useEffect(() => {
    if (!isRunning || loaded.value !== null) return;
    import('./pictures.tsx').then(
      (parts) => (loaded.value = parts),
      () => (isFailed.value = true),
    );
  }, [isRunning]);

  const parts = loaded.value;
  const trace = cell.trace.value;
  const picture = useMemo(
    () =>
      parts === null || trace === null
        ? null
        : parts.PICTURES[view](trace, of, cell.ranCode.peek()),
    [parts, trace, view, of],
  );
  const [title, words] = EMPTY[view];
  // The cell keeps its place in the tree of elements, so that a reader who types is not disturbed.
  return (
    <div class="trace-view" data-view={view}>
      {picture?.above?.(cell)}
      <div class="trace-body">
        <div class="trace-program">
          {children}
          {picture?.underProgram?.(cell.step.value)}
        </div>
        {parts !== null && trace !== null && picture !== null ? (
          <parts.Machine
            picture={picture}
            trace={trace}
            step={cell.step}
            paperStep={
              stepsTo === null ? null : parts.keyStepOf(trace, cell.ranCode.peek(), stepsTo)
            }
          />
        ) : (
          <section class="trace-picture" aria-label={title}>
            <header class="picture-head">
              <h3>{title}</h3>
            </header>
            <div class="bench picture-box">
              <p class="picture-empty">
                {isFailed.value
                  ? 'The picture did not load. Check the connection and run again.'
                  : words}
              </p>
            </div>
          </section>
        )}
      </div>
      {picture?.legend}
    </div>
  );
}
