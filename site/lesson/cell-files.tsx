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
  const stopped = whereItStopped(cell);
  const editorOf = (at: number) => {
    const file = cell.files[at - 1];
    const name = file?.name.value ?? cell.file;
    return (
      <CodeEditor
        code={file?.text ?? cell.code}
        file={name}
        label={file === undefined ? `Program ${name}` : `File ${name}`}
        python={python}
        marks={file === undefined ? marks : stopped?.at === at ? stopped.marks : NO_MARKS}
        onRun={() => void cell.run()}
      />
    );
  };
  if (cell.files.length === 0) return editorOf(0);
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
            aria-selected={tab === shown.value}
            aria-controls={`${id}-panel-${tab}`}
            tabIndex={tab === shown.value ? 0 : -1}
            onClick={() => (shown.value = tab)}
          >
            {each}
            {stopped?.at === tab && <span class="tab-mark">stopped here</span>}
          </button>
        ))}
      </div>
      {names.map((each, tab) => {
        const file = cell.files[tab - 1];
        // All of them stay, so that each file keeps what can be undone in it.
        return (
          <div
            key={tab}
            role="tabpanel"
            data-file={each}
            id={`${id}-panel-${tab}`}
            aria-labelledby={`${id}-${tab}`}
            hidden={tab !== shown.value}
          >
            {cell.isRenamable && file !== undefined && (
              <FileName file={file} others={names.filter((_, other) => other !== tab)} />
            )}
            {editorOf(tab)}
          </div>
        );
      })}
    </>
  );

  /** The arrow keys go from tab to tab, as in other programs. */
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    shown.value = (shown.value + step + names.length) % names.length;
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
