// One click from a failed check to the step at which its value came about: the check itself, run as a program with
// its picture.

import { useSignal } from '@preact/signals';
import type { Trace } from '../../src/python/trace.ts';
import type { Failure } from '../../src/python/verdict.ts';
import { TraceView } from '../figure/trace-view.tsx';
import { Icon } from '../page/icon.tsx';
import { filesOf, makeCell, type Cell } from './cell-state.ts';
import { CellView } from './cell-view.tsx';
import { traceMarks } from './marks.ts';
import type { PagePython } from './python.ts';

interface FailedStepProps {
  readonly failure: Failure;
  /** The program that was checked, with its files. */
  readonly answer: Cell;
  readonly packages: readonly string[];
  readonly python: PagePython;
}

export function FailedStep({ failure, answer, packages, python }: FailedStepProps) {
  const shown = useSignal<Cell | null>(null);
  // A rule was read, not run: there is no step to show.
  if (failure.isRule) return null;
  const cell = shown.value;
  if (cell === null)
    return (
      <p>
        <button type="button" class="button" onClick={show}>
          <Icon name="stepForward" />
          Show the step where it went wrong
        </button>
      </p>
    );
  return (
    <TraceView view="environment" of={null} stepsTo={null} cell={cell}>
      <CellView
        id={`${answer.file}-check`}
        cell={cell}
        python={python}
        keep={() => undefined}
        marks={traceMarks(cell)}
      />
    </TraceView>
  );

  function show(): void {
    const checked = makeCell(
      {
        file: answer.file,
        code: asProgram(failure, answer.code.peek()),
        files: filesOf(answer),
        packages,
        watch: { view: 'environment', of: null },
      },
      python,
    );
    shown.value = checked;
    void checked.run().then((result) => {
      if (result !== null && result.trace !== null) checked.step.value = stepOf(result.trace);
    });
  }
}

/** The program, and below it what the check does with it. */
function asProgram({ setup, call }: Failure, code: string): string {
  const check = [setup, call].filter((part) => part !== null);
  return check.length === 0 ? code : [code, '', '# The check', ...check].join('\n');
}

/** Where an exception was raised, or where the last call that Global made gives its value back. */
function stepOf(trace: Trace): number {
  const raised = trace.steps.findIndex(({ kind }) => kind === 'raise');
  if (raised >= 0) return raised;
  const called = trace.frames.findLast(({ callerId }) => callerId === 'f0');
  return called?.lastStep ?? trace.steps.length - 1;
}
