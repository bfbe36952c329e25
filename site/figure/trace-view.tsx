// A program and its machine side by side. What draws the machine is loaded with the first run: a page that is
// only read does without it.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { CellView } from '../../src/lesson/lesson-model.ts';
import type { Cell } from '../lesson/cell-state.ts';
import type * as Parts from './machine.tsx';

interface TraceViewProps {
  readonly view: CellView;
  /** The function whose calls a call tree shows. */
  readonly of: string | null;
  /** The program that was run, or will be. */
  readonly cell: Cell;
  /** How the cell is drawn. */
  readonly children: ComponentChildren;
}

const TITLES: Readonly<Record<CellView, string>> = {
  environment: 'Environment diagram',
  calltree: 'Call tree',
};
const EMPTY: Readonly<Record<CellView, string>> = {
  environment: 'Run the program. Then its frames, functions and cells stand here, step by step.',
  calltree: 'Run the program. Then its calls stand here, one after the other.',
};

export function TraceView({ view, of, cell, children }: TraceViewProps) {
  const loaded = useSignal<typeof Parts | null>(null);
  const isFailed = useSignal(false);
  const isRunning = cell.phase.value !== 'idle';
  useEffect(() => {
    if (!isRunning || loaded.value !== null) return;
    import('./machine.tsx').then(
      (parts) => (loaded.value = parts),
      () => (isFailed.value = true),
    );
  }, [isRunning]);

  const parts = loaded.value;
  const trace = cell.trace.value;
  const tree = useMemo(
    () =>
      parts === null || trace === null || view !== 'calltree' ? null : parts.callTree(trace, of),
    [parts, trace, view, of],
  );
  const title = tree === null ? TITLES[view] : `${TITLES[view]} of ${tree.name}`;
  // The cell keeps its place in the tree of elements, so that a reader who types is not disturbed.
  return (
    <div class="trace-view" data-view={view}>
      {parts !== null && tree !== null && <parts.CacheSwitch cell={cell} tree={tree} />}
      <div class="trace-body">
        <div class="trace-program">
          {children}
          {parts !== null && trace !== null && view === 'calltree' && (
            <parts.CallStack trace={trace} index={cell.step.value} />
          )}
        </div>
        {parts !== null && trace !== null ? (
          <parts.Machine view={view} title={title} trace={trace} tree={tree} step={cell.step} />
        ) : (
          <section class="trace-picture" aria-label={TITLES[view]}>
            <header class="picture-head">
              <h3>{TITLES[view]}</h3>
            </header>
            <div class="bench picture-box">
              <p class="picture-empty">
                {isFailed.value
                  ? 'The picture did not load. Check the connection and run again.'
                  : EMPTY[view]}
              </p>
            </div>
          </section>
        )}
      </div>
      {parts !== null && trace !== null && view === 'environment' && <parts.Legend trace={trace} />}
      {parts !== null && tree !== null && <parts.TreeLegend tree={tree} />}
    </div>
  );
}
