// The text of a program: coloured and marked, and editable in place.
//
//   <pre> colours, numbers, marks      always there, also without JavaScript
//   <textarea>                         clear, on top of it: what a reader types in
//   Monaco                             takes the textarea's place while it has the focus, where there is a mouse
//   problems, and how to leave         under it

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { colorLines } from '../../src/lesson/colors.ts';
import type { Problem } from '../../src/python/messages.ts';
import { NO_MARKS, type Marks } from './marks.ts';
import type { Sheet } from './monaco.ts';
import { ProblemList, useProblems } from './problems.tsx';
import type { PagePython } from './python.ts';

interface CodeEditorProps {
  readonly code: Signal<string>;
  readonly file: string;
  readonly label: string;
  readonly python: PagePython;
  readonly marks?: Marks;
  readonly onRun: () => void;
}

export function CodeEditor({
  code,
  file,
  label,
  python,
  marks = NO_MARKS,
  onRun,
}: CodeEditorProps) {
  const isLive = useSignal(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const sheet = useRef<Sheet | null>(null);
  /** The text before anything was typed, for undo. */
  const before = useRef<string | null>(null);
  /** Whether the reader did something in the textarea since it has the focus. */
  const isUsed = useRef(false);
  /** A press of the mouse, or a character of several keys, that has begun in the textarea. */
  const gesture = useRef<Promise<unknown> | null>(null);
  const id = useId();
  const problems = useProblems(code, file, python);
  useEffect(() => {
    isLive.value = true;
    return () => sheet.current?.dispose();
  }, []);
  useEffect(() => sheet.current?.mark(marks));
  useEffect(() => sheet.current?.underline(problems), [problems]);

  const describedBy = `${id}-problems ${id}-leave`;
  return (
    <>
      <div class="code">
        <pre class="code-lines" aria-hidden={isLive.value ? 'true' : undefined}>
          {colorLines(code.value).map((words, index) => (
            <span class={lineClass(marks, index + 1)} data-number={index + 1}>
              {words.map((word) =>
                word.kind === 'plain' ? (
                  word.text
                ) : (
                  <span class={`w-${word.kind}`}>{word.text}</span>
                ),
              )}
              {'\n'}
            </span>
          ))}
        </pre>
        {isLive.value && (
          <textarea
            class="code-input"
            ref={area}
            aria-label={label}
            aria-describedby={describedBy}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            value={code.value}
            onInput={(event) => (code.value = event.currentTarget.value)}
            onKeyDown={onKey}
            onPointerDown={() => {
              isUsed.current = true;
              gesture.current = once(window, 'pointerup', 'pointercancel');
            }}
            onCompositionStart={(event) =>
              (gesture.current = once(event.currentTarget, 'compositionend'))
            }
            onFocus={(event) => {
              python.wake();
              void takeEditor(event.currentTarget);
            }}
            onBlur={() => (isUsed.current = false)}
          />
        )}
      </div>
      <div class="code-notes">
        <ProblemList id={`${id}-problems`} problems={problems} go={goTo} />
        <p class="code-leave" id={`${id}-leave`}>
          <kbd>Esc</kbd>, then <kbd>Tab</kbd> leaves the editor.
        </p>
      </div>
    </>
  );

  function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }): void {
    if (event.key !== 'Tab' && event.key !== 'Shift') isUsed.current = true;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      indentedLine(event.currentTarget);
    }
  }

  /** A failed load (offline) leaves the textarea, in which everything works too. */
  async function takeEditor(from: HTMLTextAreaElement): Promise<void> {
    if (!matchMedia('(pointer: fine)').matches) return;
    before.current ??= code.peek();
    const { makeSheet } = await import('./monaco.ts').catch(() => ({ makeSheet: null }));
    await gesture.current;
    // The reader may be elsewhere by now.
    if (makeSheet === null || document.activeElement !== from) return;
    if (sheet.current === null) {
      sheet.current = makeSheet({ code, before: before.current, label, describedBy, onRun });
      sheet.current.mark(marks);
      sheet.current.underline(problems);
    }
    sheet.current.show(from, isUsed.current);
  }

  function goTo({ line, column }: Problem): void {
    const from = area.current;
    if (from === null) return;
    const before = code
      .peek()
      .split('\n')
      .slice(0, line - 1);
    const at = before.join('\n').length + (line > 1 ? 1 : 0) + column - 1;
    from.setSelectionRange(at, at);
    if (sheet.current === null) from.focus();
    else sheet.current.show(from, true);
  }
}

function once(target: EventTarget, ...types: readonly string[]): Promise<unknown> {
  return new Promise((resolve) => {
    for (const type of types) target.addEventListener(type, resolve, { once: true });
  });
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
