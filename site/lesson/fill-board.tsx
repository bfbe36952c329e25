// A program of which only the blanks can be typed: coloured text, with a field in the place of each blank.

import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  EMPTY_BLANK,
  filledProgram,
  partsOf,
  typedIn,
  type Part,
} from '../../src/lesson/blanks.ts';
import { lineClass } from './code-editor.tsx';
import type { Marks } from './marks.ts';

interface FillBoardProps {
  /** Of the exercise. */
  readonly id: string;
  readonly around: readonly string[];
  /** The program with what was typed. */
  readonly code: Signal<string>;
  readonly label: string;
  readonly marks: Marks;
  readonly onRun: () => void;
  /** Called at the first focus: a good moment to get Python ready. */
  readonly onFocus: () => void;
}

/** No program of a lesson is wider than its page. */
const TYPED_CHARACTERS_MAX = 72;
/** A field does not tell how long its answer is. */
const SHOWN_CHARACTERS_MIN = 6;

export function FillBoard({ id, around, code, label, marks, onRun, onFocus }: FillBoardProps) {
  const isLive = useSignal(false);
  const typed = useSignal<readonly string[]>([]);
  useEffect(() => {
    isLive.value = true;
  }, []);
  // What was kept or reset comes as a whole program.
  useSignalEffect(() => {
    if (code.value === filledProgram(around, typed.peek())) return;
    typed.value = typedIn(around, code.value) ?? [];
    // One that was kept before its author changed it has no blanks to stand in.
    code.value = filledProgram(around, typed.peek());
  });

  return (
    <div class="code" role="group" aria-label={label}>
      <pre class="code-lines">
        {partsOf(around).map((parts, index) => (
          <span
            id={`${id}-line-${index + 1}`}
            class={lineClass(marks, index + 1)}
            data-number={index + 1}
          >
            {parts.map((part) => shown(part, `${id}-line-${index + 1}`))}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );

  function shown(part: Part, lineId: string) {
    if (typeof part !== 'number')
      return part.kind === 'plain' ? part.text : <span class={`w-${part.kind}`}>{part.text}</span>;
    const value = typed.value[part] ?? '';
    // Without a script nothing can be typed: then it is a blank on paper.
    if (!isLive.value) return EMPTY_BLANK;
    return (
      <input
        key={part}
        class="blank"
        aria-label={`Blank ${part + 1} of ${around.length - 1}`}
        // The line round it, read after the name.
        aria-describedby={lineId}
        style={{ width: `${Math.max(value.length, SHOWN_CHARACTERS_MIN) + 2}ch` }}
        maxLength={TYPED_CHARACTERS_MAX}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value}
        onInput={(event) => put(part, event.currentTarget.value)}
        onFocus={onFocus}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onRun();
        }}
      />
    );
  }

  function put(blank: number, text: string): void {
    typed.value = around.slice(1).map((_, at) => (at === blank ? text : (typed.value[at] ?? '')));
    code.value = filledProgram(around, typed.value);
  }
}
