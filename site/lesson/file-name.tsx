// The name of a further file, where the reader may change it.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { renameFault } from '../../src/lesson/file-names.ts';
import type { CellFile } from './cell-state.ts';

interface FileNameProps {
  readonly file: CellFile;
  /** The names of the other files of the cell. */
  readonly others: readonly string[];
}

export function FileName({ file, others }: FileNameProps) {
  /** What is typed, while it is no name yet. */
  const typed = useSignal<string | null>(null);
  const id = useId();
  const name = typed.value ?? file.name.value;
  const fault = renameFault(name, file.original, others);
  return (
    <div class="file-name">
      <label>
        <span>Name of this file</span>
        <input
          class="mono"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={name}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-fault`}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={() => (typed.value = null)}
        />
      </label>
      <p class="about" id={`${id}-fault`} role="status">
        {fault}
      </p>
    </div>
  );

  /** A name counts as soon as it is one. */
  function take(text: string): void {
    const isName = renameFault(text, file.original, others) === null;
    typed.value = isName ? null : text;
    if (isName) file.name.value = text;
  }
}
