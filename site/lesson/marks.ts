// Which lines of a program are marked, and why: the same for the still text and for the editor.

import { stateAt, type MachineState } from '../../src/python/trace-state.ts';
import type { Cell } from './cell-state.ts';

export type MarkKind = 'now' | 'caller' | 'last' | 'error';

/** Line number (from 1) -> its mark. */
export type Marks = ReadonlyMap<number, MarkKind>;

export const NO_MARKS: Marks = new Map();

/** The line that runs and those that wait for a call; none before the first line and after the last one. */
export function markedLines({ step, stack }: MachineState): Marks {
  if (step.kind === 'start' || step.kind === 'end') return NO_MARKS;
  const callers = stack.filter((each) => !each.running).map((each) => each.line);
  const marks = new Map<number, MarkKind>(callers.map((line) => [line, 'caller']));
  return marks.set(step.line, 'now');
}

/** The marks of the step that is shown, while the text is still the one that ran. */
export function traceMarks(cell: Cell): Marks {
  const trace = cell.trace.value;
  if (trace === null || cell.code.value !== cell.ranCode.value) return NO_MARKS;
  return markedLines(stateAt(trace, cell.step.value));
}
