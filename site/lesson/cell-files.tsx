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
  const name = shown.value;
  const failed = failedFile(cell);
  const editor = (
    <CodeEditor
      key={name}
      code={cell.files.get(name) ?? cell.code}
      label={name === cell.file ? `Program ${name}` : `File ${name}`}
      marks={name === cell.file ? marks : failed?.name === name ? failed.marks : NO_MARKS}
      onRun={() => void cell.run()}
      onFocus={() => python.wake()}
    />
  );
  if (names.length === 1) return editor;
  return (
    <>
      <div class="file-tabs" role="tablist" aria-label="Files" onKeyDown={onKey}>
        {names.map((each) => (
          <button
            type="button"
            role="tab"
            id={`${id}-${each}`}
            class="mono"
            aria-selected={each === name}
            aria-controls={`${id}-panel`}
            tabIndex={each === name ? 0 : -1}
            onClick={() => (shown.value = each)}
          >
            {each}
            {failed?.name === each && <span class="tab-mark">stopped here</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${name}`}>
        {editor}
      </div>
    </>
  );

  /** The arrow keys go from tab to tab, as in other programs. */
  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = names.at((names.indexOf(name) + step) % names.length) ?? name;
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
