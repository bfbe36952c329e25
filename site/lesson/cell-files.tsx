// The files of a cell: one editor, and, where there are several files, a tab for each. The first one is what runs.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Cell } from './cell-state.ts';
import { CodeEditor } from './code-editor.tsx';
import { FileName } from './file-name.tsx';
import { NO_MARKS, type Marks } from './marks.ts';
import type { PagePython } from './python.ts';

interface CellFilesProps {
  readonly cell: Cell;
  readonly python: PagePython;
  /** Of the program that runs. */
  readonly marks: Marks;
}

export function CellFiles({ cell, python, marks }: CellFilesProps) {
  /** 0 is the program: a file may change its name, but not its place. */
  const shown = useSignal(0);
  const id = useId();
  const at = shown.value;
  const file = cell.files[at - 1];
  const name = file?.name.value ?? cell.file;
  const stopped = whereItStopped(cell);
  const editor = (
    <CodeEditor
      key={at}
      code={file?.text ?? cell.code}
      label={file === undefined ? `Program ${name}` : `File ${name}`}
      marks={file === undefined ? marks : stopped?.at === at ? stopped.marks : NO_MARKS}
      onRun={() => void cell.run()}
      onFocus={() => python.wake()}
    />
  );
  if (cell.files.length === 0) return editor;
  const names = [cell.file, ...cell.files.map((each) => each.name.value)];
  return (
    <>
      <div class="file-tabs" role="tablist" aria-label="Files" onKeyDown={onKey}>
        {names.map((each, tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-${tab}`}
            class="mono"
            aria-selected={tab === at}
            aria-controls={`${id}-panel`}
            tabIndex={tab === at ? 0 : -1}
            onClick={() => (shown.value = tab)}
          >
            {each}
            {stopped?.at === tab && <span class="tab-mark">stopped here</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {cell.isRenamable && file !== undefined && (
          <FileName key={at} file={file} others={names.filter((_, tab) => tab !== at)} />
        )}
        {editor}
      </div>
    </>
  );

  /** The arrow keys go from tab to tab, as in other programs. */
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    shown.value = (at + step + names.length) % names.length;
    document.getElementById(`${id}-${shown.value}`)?.focus();
  }
}

/** The file, other than the program, in which an exception was raised, with its line marked. */
function whereItStopped(cell: Cell): { readonly at: number; readonly marks: Marks } | null {
  const last = cell.result.value?.ending.error?.frames.at(-1);
  if (last === undefined) return null;
  const at = cell.files.findIndex(({ name }) => name.value === last.file) + 1;
  return at === 0 ? null : { at, marks: new Map([[last.line, 'error']]) };
}
