// What a reader wrote into a cell or an exercise, brought back, and kept as it changes. The program itself is kept by
// CellView.

import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { renameFault } from '../../src/lesson/file-names.ts';
import type { Cell, CellFile } from './cell-state.ts';
import type { LessonState } from './lesson-state.ts';

/** The other files by their first names, with the names they have now, and the command line. */
export function useKeptTexts(id: string, cell: Cell, state: LessonState): void {
  const before = useRef(new Map(textsOf(cell)));
  useEffect(() => {
    // After hydration: what is kept in this browser was not known when the page was built.
    const code = state.item(id)?.code ?? null;
    if (code !== null) cell.code.value = code;
    for (const file of cell.files) bringBack(file, cell, id, state);
    const command = state.item(`${id}:$`)?.code ?? null;
    if (cell.command !== null && command !== null) cell.command.value = command;
  }, []);
  useSignalEffect(() => {
    for (const [name, now] of textsOf(cell)) {
      const last = before.current.get(name);
      if (last?.code === now.code && last.answer === now.answer) continue;
      before.current.set(name, now);
      state.record(`${id}:${name}`, now);
    }
  });
}

interface Kept {
  readonly code: string;
  /** The new name of a file that may have one. */
  readonly answer: string | null;
}

function textsOf(cell: Cell): readonly (readonly [name: string, kept: Kept])[] {
  return [
    ...cell.files.map(({ original, name, text }) => {
      const answer = cell.isRenamable ? name.value : null;
      return [original, { code: text.value, answer }] as const;
    }),
    ...(cell.command === null ? [] : [['$', { code: cell.command.value, answer: null }] as const]),
  ];
}

function bringBack(file: CellFile, cell: Cell, id: string, state: LessonState): void {
  const { code = null, answer = null } = state.item(`${id}:${file.original}`) ?? {};
  if (code !== null) file.text.value = code;
  // It may come from a file that somebody changed by hand.
  const others = [
    cell.file,
    ...cell.files.flatMap((each) => (each === file ? [] : each.name.peek())),
  ];
  if (cell.isRenamable && answer !== null && renameFault(answer, file.original, others) === null)
    file.name.value = answer;
}
