// The text of a program: coloured and marked, and editable in place.
//
//   <pre> colours, numbers, marks      always there, also without JavaScript
//   <textarea>                         clear, on top of it: what a reader types in
//   Monaco                             takes the textarea's place at first focus, where there is a mouse

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { colorLines } from '../../src/lesson/colors.ts';
import { NO_MARKS, type Marks } from './marks.ts';
import type { MonacoBox } from './monaco.ts';

export interface CodeEditorProps {
  readonly code: Signal<string>;
  readonly label: string;
  readonly marks?: Marks;
  readonly onRun: () => void;
  /** Called at the first focus: a good moment to get Python ready. */
  readonly onFocus?: () => void;
}

export function CodeEditor({ code, label, marks = NO_MARKS, onRun, onFocus }: CodeEditorProps) {
  const isLive = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const monaco = useRef<MonacoBox | null>(null);
  const isAsked = useRef(false);
  useEffect(() => {
    isLive.value = true;
    return () => monaco.current?.dispose();
  }, []);
  useEffect(() => monaco.current?.mark(marks));

  const lines = colorLines(code.value);
  return (
    <div class="code" ref={box} data-lines={lines.length}>
      <pre class="code-lines" aria-hidden={isLive.value ? 'true' : undefined}>
        {lines.map((words, index) => (
          <span class={lineClass(marks, index + 1)} data-number={index + 1}>
            {words.map((word) =>
              word.kind === 'plain' ? word.text : <span class={`w-${word.kind}`}>{word.text}</span>,
            )}
            {'\n'}
          </span>
        ))}
      </pre>
      {isLive.value && (
        <textarea
          class="code-input"
          aria-label={label}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          value={code.value}
          onInput={(event) => (code.value = event.currentTarget.value)}
          onKeyDown={(event) => onKey(event)}
          onFocus={(event) => {
            onFocus?.();
            void openMonaco(event.currentTarget);
          }}
        />
      )}
    </div>
  );

  function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      indentedLine(event.currentTarget);
    }
  }

  /** A failed load (offline) leaves the textarea, in which everything works too. */
  async function openMonaco(from: HTMLTextAreaElement): Promise<void> {
    if (isAsked.current || !matchMedia('(pointer: fine)').matches) return;
    isAsked.current = true;
    try {
      const { openEditor } = await import('./monaco.ts');
      if (box.current === null || !from.isConnected) return;
      const { selectionStart: start, selectionEnd: end } = from;
      monaco.current = openEditor(box.current, {
        code,
        label,
        selection: { start, end },
        hasFocus: document.activeElement === from,
        onRun,
      });
      monaco.current.mark(marks);
    } catch {
      isAsked.current = false;
    }
  }
}

export function lineClass(marks: Marks, line: number): string {
  const mark = marks.get(line);
  return mark === undefined ? 'line' : `line is-${mark}`;
}

const INDENT = '    ';

/** Enter keeps the indentation of the line, and goes one step in after a colon. */
function indentedLine(area: HTMLTextAreaElement): void {
  const line = area.value.slice(0, area.selectionStart).split('\n').at(-1) ?? '';
  const indent = /^ */.exec(line)?.[0] ?? '';
  const deeper = /:\s*(#.*)?$/.test(line) ? INDENT : '';
  area.setRangeText(`\n${indent}${deeper}`, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
