// What a program is given by input(): a field while it waits, or, where a browser cannot wait, lines before the run.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { LINE_CHARACTERS_MAX } from '../../src/python/keyboard.ts';
import type { Cell } from './cell-state.ts';

export function AskLine({ answer }: { answer: (line: string | null) => void }) {
  const line = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  // The program goes on when something was typed: the next key belongs here.
  useEffect(() => field.current?.focus(), [answer]);
  return (
    <form
      class="ask-line"
      onSubmit={(event) => {
        event.preventDefault();
        answer(line.value);
        line.value = '';
      }}
    >
      <label>
        <span class="about">The program waits for a line</span>
        <input
          ref={field}
          class="mono"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={LINE_CHARACTERS_MAX}
          value={line.value}
          onInput={(event) => (line.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">
        Send
        <kbd>Enter</kbd>
      </button>
      <button type="button" class="button quiet" onClick={() => answer(null)}>
        End the input
      </button>
    </form>
  );
}

/** For a browser that can neither share memory nor put a stack aside. */
export function LinesBefore({ cell, lines }: { cell: Cell; lines: Signal<string> }) {
  return (
    <label class="lines-before">
      <span class="about">
        This browser cannot wait while Python runs. Write the lines for input() before you run.
      </span>
      <textarea
        class="mono"
        rows={3}
        aria-label={`Lines for input() in ${cell.file}`}
        spellcheck={false}
        value={lines.value}
        onInput={(event) => (lines.value = event.currentTarget.value)}
      />
    </label>
  );
}
