// The files of a cell: one editor, and, where there are several files, a tab for each. The first one is what runs.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Cell } from './cell-state.ts';
import { CodeEditor } from './code-editor.tsx';
import { NO_MARKS, type Marks } from './marks.ts';
import type { PagePython } from './python.ts';

interface CellFilesProps {
  readonly cell: Cell;
  readonly python: PagePython;
  /** Of the program that runs. */
  readonly marks: Marks;
}

export function CellFiles({ cell, python, marks }: CellFilesProps) {
  const names = [cell.file, ...cell.files.keys()];
  const shown = useSignal(cell.file);
  const id = useId();
  const failed = failedFile(cell);
  const editorOf = (name: string) => (
    <CodeEditor
      code={cell.files.get(name) ?? cell.code}
      file={name}
      label={name === cell.file ? `Program ${name}` : `File ${name}`}
      python={python}
      marks={name === cell.file ? marks : failed?.name === name ? failed.marks : NO_MARKS}
      onRun={() => void cell.run()}
    />
  );
  if (names.length === 1) return editorOf(cell.file);
  return (
    <>
      <div class="file-tabs" role="tablist" aria-label="Files" onKeyDown={onKey}>
        {names.map((each) => (
          <button
            type="button"
            role="tab"
            id={`${id}-${each}`}
            class="mono"
            aria-selected={each === shown.value}
            aria-controls={`${id}-panel-${each}`}
            tabIndex={each === shown.value ? 0 : -1}
            onClick={() => (shown.value = each)}
          >
            {each}
            {failed?.name === each && <span class="tab-mark">stopped here</span>}
          </button>
        ))}
      </div>
      {names.map((each) => (
        // All of them stay, so that each file keeps what can be undone in it.
        <div
          key={each}
          role="tabpanel"
          data-file={each}
          id={`${id}-panel-${each}`}
          aria-labelledby={`${id}-${each}`}
          hidden={each !== shown.value}
        >
          {editorOf(each)}
        </div>
      ))}
    </>
  );

  /** The arrow keys go from tab to tab, as in other programs. */
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = names.at((names.indexOf(shown.value) + step) % names.length) ?? cell.file;
    shown.value = next;
    document.getElementById(`${id}-${next}`)?.focus();
  }
}

/** The file, other than the program, in which an exception was raised, with its line marked. */
function failedFile(cell: Cell): { readonly name: string; readonly marks: Marks } | null {
  const last = cell.result.value?.ending.error?.frames.at(-1);
  const name = last?.file.split('/').slice(HOME_PARTS).join('/');
  if (last === undefined || name === undefined || !cell.files.has(name)) return null;
  return { name, marks: new Map([[last.line, 'error']]) };
}

/** `/home/learner/helpers.py` */
const HOME_PARTS = 3;
