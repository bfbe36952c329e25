// The command line that a program is started with, as one types it at a shell.

import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import type { Cell } from './cell-state.ts';

export function CommandLine({ cell, command }: { cell: Cell; command: Signal<string> }) {
  // As at a shell, a line entered while the program before it still runs waits for that to end.
  const isEntered = useSignal(false);
  useSignalEffect(() => {
    if (!isEntered.value || cell.isBusy.value) return;
    isEntered.value = false;
    void cell.run();
  });
  return (
    <form
      class="command-line"
      onSubmit={(event) => {
        event.preventDefault();
        isEntered.value = true;
      }}
    >
      <label>
        <span class="visually-hidden">{`Command line of ${cell.file}`}</span>
        <span class="mono prompt" aria-hidden="true">
          $
        </span>
        <input
          class="mono"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={command.value}
          onInput={(event) => (command.value = event.currentTarget.value)}
        />
      </label>
    </form>
  );
}
