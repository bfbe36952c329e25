// Monaco, Python only, as the editor of one cell. Loaded when a reader first types: it is 0.9 MB.

import { effect, type Signal } from '@preact/signals';
import { editor, KeyCode, KeyMod } from 'monaco-editor/editor';
import 'monaco-editor/languages/definitions/python/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import type { Marks } from './marks.ts';

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(): Worker };
  }
}

window.MonacoEnvironment = { getWorker: () => new EditorWorker({ name: 'editor' }) };

export interface MonacoBox {
  mark(marks: Marks): void;
  dispose(): void;
}

export interface MonacoOptions {
  readonly code: Signal<string>;
  readonly label: string;
  readonly selection: { readonly start: number; readonly end: number };
  readonly hasFocus: boolean;
  readonly onRun: () => void;
}

/** The same measures as the still text, so that nothing moves when the editor comes. */
const LINE_HEIGHT = 24;
const PADDING = 12;

export function openEditor(box: HTMLElement, options: MonacoOptions): MonacoBox {
  const place = document.createElement('div');
  place.className = 'code-monaco';
  box.append(place);
  box.dataset['editor'] = 'monaco';
  setTheme();
  window.addEventListener('stacklab:theme', setTheme);
  const made = editor.create(place, {
    value: options.code.peek(),
    language: 'python',
    ariaLabel: `${options.label}. Ctrl+M lets Tab leave the editor.`,
    automaticLayout: true,
    contextmenu: false,
    fixedOverflowWidgets: true,
    folding: false,
    fontFamily: getComputedStyle(box).fontFamily,
    fontLigatures: false,
    fontSize: Number.parseFloat(getComputedStyle(box).fontSize),
    glyphMargin: false,
    lineDecorationsWidth: 12,
    lineHeight: Number.parseFloat(getComputedStyle(box).lineHeight) || LINE_HEIGHT,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: PADDING, bottom: PADDING },
    quickSuggestions: false,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false, vertical: 'hidden' },
    tabSize: 4,
    wordBasedSuggestions: 'off',
  });
  const model = made.getModel();
  if (model !== null) {
    const from = model.getPositionAt(options.selection.start);
    const to = model.getPositionAt(options.selection.end);
    made.setSelection({
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    });
  }
  made.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, options.onRun);
  made.onDidChangeModelContent(() => (options.code.value = made.getValue()));
  made.onDidContentSizeChange(() => grow());
  grow();
  // Reset, or a solution, changes the text from outside.
  const forget = effect(() => {
    if (options.code.value !== made.getValue()) made.setValue(options.code.value);
  });
  if (options.hasFocus) made.focus();
  const decorations = made.createDecorationsCollection();

  function grow(): void {
    place.style.height = `${made.getContentHeight()}px`;
  }

  return {
    mark(marks) {
      decorations.set(
        [...marks].map(([line, kind]) => ({
          range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
          options: { isWholeLine: true, className: `line is-${kind}` },
        })),
      );
    },
    dispose() {
      forget();
      window.removeEventListener('stacklab:theme', setTheme);
      made.dispose();
    },
  };
}

/** Monaco wants colours as hex: the page's tokens are read as the browser shows them. */
function setTheme(): void {
  const probe = document.createElement('span');
  document.body.append(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    return parts
      .slice(0, 3)
      .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
      .join('');
  };
  const isDark = getComputedStyle(document.body).colorScheme.includes('dark')
    ? color('surface') < '8'
    : false;
  editor.defineTheme('stacklab', {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: color('ink') },
      { token: 'keyword', foreground: color('code-keyword') },
      { token: 'string', foreground: color('code-string') },
      { token: 'number', foreground: color('code-number') },
      { token: 'comment', foreground: color('ink3'), fontStyle: '' },
    ],
    colors: {
      'editor.background': `#${color('surface')}`,
      'editor.foreground': `#${color('ink')}`,
      'editorLineNumber.foreground': `#${color('ink3')}`,
      'editorLineNumber.activeForeground': `#${color('ink')}`,
      'editorCursor.foreground': `#${color('ink')}`,
      'editor.selectionBackground': `#${color('accent-line')}66`,
      focusBorder: '#00000000',
    },
  });
  editor.setTheme('stacklab');
  probe.remove();
}
