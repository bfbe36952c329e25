// A runnable cell: its head with Run, the program, and the foot that says what happened.

import type { ComponentChildren } from 'preact';
import { useSignalEffect } from '@preact/signals';
import { Icon } from '../page/icon.tsx';
import type { Cell } from './cell-state.ts';
import { CellFiles } from './cell-files.tsx';
import { CellFoot } from './cell-foot.tsx';
import { CommandLine } from './command-line.tsx';
import { NO_MARKS, type MarkKind, type Marks } from './marks.ts';
import type { PagePython } from './python.ts';

export interface CellViewProps {
  readonly id: string;
  readonly cell: Cell;
  readonly python: PagePython;
  /** Keeps the reader's text; called after each change. */
  readonly keep: (code: string) => void;
  /** Lines to mark while a trace is stepped through. */
  readonly marks?: Marks;
  /** Whether Run is the next thing to do on the page. */
  readonly isNext?: boolean;
  /** In place of the whole program: for a variant of which only the changed lines are shown. */
  readonly program?: ComponentChildren;
  /** What stands in the foot in place of the run's own words. */
  readonly foot?: ComponentChildren;
  /** Below the foot: a prediction about this program. */
  readonly below?: ComponentChildren;
}

export function CellView(props: CellViewProps) {
  const { id, cell, python, keep } = props;
  const marks = props.marks ?? runMarks(cell);
  useSignalEffect(() => {
    if (cell.code.value !== cell.original) keep(cell.code.value);
  });
  const { phase } = cell;
  return (
    <section class="cell" data-cell={id} data-state={phase.value} aria-label={cell.file}>
      <header class="cell-head">
        <span class="file mono">{cell.file}</span>
        {cell.isChanged.value && (
          <button type="button" class="button quiet" onClick={reset}>
            <Icon name="reset" />
            Reset
          </button>
        )}
        <RunButton cell={cell} isNext={props.isNext ?? false} />
      </header>
      {props.program ?? <CellFiles cell={cell} python={python} marks={marks} />}
      {cell.command !== null && <CommandLine cell={cell} command={cell.command} />}
      {props.foot ?? <CellFoot cell={cell} python={python} />}
      {props.below}
    </section>
  );

  function reset(): void {
    cell.reset();
    keep(cell.original);
  }
}

function RunButton({ cell, isNext }: { cell: Cell; isNext: boolean }) {
  const { phase } = cell;
  if (phase.value === 'running')
    return (
      <button type="button" class="button" onClick={() => cell.stop()}>
        <Icon name="square" />
        Stop
      </button>
    );
  if (phase.value === 'loading') return <span class="run-waits">Run starts when ready</span>;
  if (cell.isLocked.value)
    return (
      <>
        <span class="run-waits">Predict first, then Run unlocks</span>
        <button type="button" class="button" disabled>
          <Icon name="lock" />
          Run
        </button>
      </>
    );
  const isFirst = phase.value === 'idle';
  return (
    <button
      type="button"
      class={isNext && isFirst ? 'button primary' : 'button'}
      onClick={() => void cell.run()}
    >
      <Icon name="play" />
      {isFirst ? 'Run' : 'Run again'}
      <kbd>Ctrl Enter</kbd>
    </button>
  );
}

/** The line that ran last, or that raised: while the text is still the one that ran. */
export function runMarks(cell: Cell): Marks {
  const ending = cell.result.value?.ending;
  if (!ending || cell.code.value !== cell.ranCode.value) return NO_MARKS;
  const kind: MarkKind = ending.how === 'error' ? 'error' : 'last';
  const line = ending.error?.line ?? ending.line;
  if (ending.how === 'finished' || line === null) return NO_MARKS;
  return new Map([[line, kind]]);
}
