// A function that works on a grid, call by call: the grid that each call was given, with what changed since the call
// before, and the other arguments of the call.
//
//   call 1  A2, 4, clue              B1 1234
//   call 2  B4, 3, clue              B1 123      4 was struck there
//   call 3  B1, 1, one digit left    B1 1        2 and 3 were struck there, so that it is settled
//   end                                          as the last call left it

import { pencilMarks, squareName } from './search-tree.ts';
import type { Trace, TraceError, TraceSearch } from './trace.ts';

export interface Replay {
  readonly name: string;
  /** Rows and columns of the grid. */
  readonly size: number;
  readonly calls: readonly ReplayCall[];
  /** Each call, and the end. */
  readonly stops: readonly ReplayStop[];
}

export interface ReplayCall {
  /** From 1. */
  readonly number: number;
  /** Its arguments without the grid, as one text: `B3, 4, one place left`. */
  readonly told: string;
  /** The square that an argument names. */
  readonly square: number | null;
}

export interface ReplayStop {
  /** The step of the trace. */
  readonly step: number;
  /** The call that begins; null at the end. */
  readonly call: ReplayCall | null;
  /** At the end what the call gave back that ended last. */
  readonly value: string | null;
  /** What left a call since the stop before. */
  readonly error: TraceError | null;
  readonly squares: readonly ReplaySquare[];
}

export interface ReplaySquare {
  /** What may still stand there; one digit is more than a mark when it is settled. */
  readonly marks: string;
  readonly isSettled: boolean;
  /** Since the stop before. */
  readonly struck: string;
  readonly added: string;
  readonly isNewlySettled: boolean;
}

type Grid = readonly string[];

/** Null when no call was given a grid. */
export function replayOf({ search, steps }: Trace): Replay | null {
  const cells = search?.calls.find(({ grid }) => grid !== null)?.grid?.length ?? 0;
  if (search === undefined || cells === 0) return null;
  const given = search.calls.filter(({ grid }) => grid?.length === cells);
  const calls = given.map((call, at): ReplayCall => ({
    number: at + 1,
    told: (call.arguments ?? []).join(', '),
    square: call.square ?? null,
  }));
  const last = endOf(search);
  const shown = [
    ...given.map(({ grid, begins }, at) => ({ grid, step: begins, call: calls[at] ?? null })),
    ...(last === null ? [] : [{ grid: search.after ?? null, step: last, call: null }]),
  ];
  const size = Math.sqrt(cells);
  const marksOf = marksReader(
    shown.map(({ grid }) => grid ?? []),
    size,
  );
  const stops = shown.map(({ grid, step, call }, at): ReplayStop => {
    const before = shown[at - 1];
    const since = steps.slice((before?.step ?? step) + 1, step + 1);
    return {
      step,
      call,
      value: call === null ? (steps[step]?.value?.text ?? null) : null,
      error: since.findLast(({ error }) => error !== undefined)?.error ?? null,
      squares: compared(grid ?? [], before?.grid ?? grid ?? [], marksOf),
    };
  });
  return { name: search.name, size, calls, stops };
}

/** The step at which the last call ended; null where that was not seen. */
function endOf({ calls, after }: TraceSearch): number | null {
  if (after == null) return null;
  return Math.max(...calls.map(({ ends }) => ends ?? -1));
}

/** A grid of pencil marks says itself what is left; in one of clues that is worked out by the rules. */
function marksReader(grids: readonly Grid[], size: number): (grid: Grid) => Grid {
  const isPencilled = grids.some((grid) => grid.some((text) => text.length > 1));
  return (grid) => (isPencilled ? grid : pencilMarks(grid, size));
}

function compared(
  grid: Grid,
  before: Grid,
  marksOf: (grid: Grid) => Grid,
): readonly ReplaySquare[] {
  const marksBefore = marksOf(before);
  return marksOf(grid).map((marks, at) => {
    const was = marksBefore[at] ?? '';
    const isSettled = grid[at]?.length === 1;
    return {
      marks,
      isSettled,
      struck: without(was, marks),
      added: without(marks, was),
      isNewlySettled: isSettled && before[at] !== grid[at],
    };
  });
}

function without(marks: string, others: string): string {
  return marks
    .split('')
    .filter((each) => !others.includes(each))
    .join('');
}

/** The reason of the first call that was given the square of that name (`B3`), and a reason. */
export function reasonOf({ search }: Trace, name: string): string | null {
  const calls = search?.calls ?? [];
  const size = Math.sqrt(calls[0]?.grid?.length ?? 0);
  const found = calls.find(
    ({ square, reason }) => square != null && reason != null && squareName(square, size) === name,
  );
  return found?.reason ?? null;
}
