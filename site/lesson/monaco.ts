// Monaco, Python only: the one editor of the page. Loaded when a reader first types: it is 0.9 MB.
//
//   cell A   sheet: text, undo history, marks   <-  the editor is here
//   cell B   sheet: text, undo history, marks       its textarea holds the selection until the editor comes back
//
// The still text of a cell stays where it is, unseen: it gives the place its size, and `.code` scrolls it sideways.

import { effect, type Signal } from '@preact/signals';
import { editor, KeyCode, KeyMod, MarkerSeverity } from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/wordOperations/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import type { Problem } from '../../src/python/messages.ts';
import type { Marks } from './marks.ts';
import { addPython, TOKEN_COLORS } from './monaco-python.ts';

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(): Worker };
  }
}

window.MonacoEnvironment = { getWorker: () => new EditorWorker({ name: 'editor' }) };

export interface SheetOptions {
  readonly code: Signal<string>;
  /** The text before the reader typed in the textarea: undo goes back so far. */
  readonly before: string;
  readonly label: string;
  /** Ids of the words beside the editor. */
  readonly describedBy: string;
  readonly onRun: () => void;
}

/** One program in the hands of Monaco. */
export interface Sheet {
  /**
   * Brings the editor in the place of the cell's textarea, with its selection and the focus. Whoever came with Tab
   * and did nothing there goes on with Tab.
   */
  show(area: HTMLTextAreaElement, isUsed: boolean): void;
  mark(marks: Marks): void;
  underline(problems: readonly Problem[]): void;
  dispose(): void;
}

const PADDING = 12;

const place = document.createElement('div');
place.className = 'code-monaco';
let made: editor.IStandaloneCodeEditor | null = null;
/** The sheet that the editor shows, and the textarea in whose place it stands. */
let shown: { readonly sheet: SheetOptions; readonly area: HTMLTextAreaElement } | null = null;
let tabLeaves = true;
/** Where the words of a line begin: as in the still text, which is larger on a slide. */
let textLeft = 0;

export function makeSheet(options: SheetOptions): Sheet {
  const { code } = options;
  made ??= makeEditor();
  const one = made;
  const model = editor.createModel(options.before, 'python');
  model.setEOL(editor.EndOfLineSequence.LF);
  model.onDidChangeContent(() => (code.value = model.getValue()));
  // What was typed in the textarea, a reset, a solution: one more edit, which can be undone.
  const forget = effect(() => {
    const text = code.value;
    if (text === model.getValue()) return;
    model.pushStackElement();
    model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
    model.pushStackElement();
  });
  let marked: string[] = [];
  return {
    show(area, isUsed) {
      // Before the editor leaves: it may stand here already, and be sent to another line.
      const { selectionStart, selectionEnd } = area;
      leave(one);
      shown = { sheet: options, area };
      const box = area.parentElement;
      if (box === null) return;
      box.append(place);
      box.dataset['editor'] = 'monaco';
      one.setModel(model);
      fit(one, box);
      one.updateOptions({ ariaLabel: options.label });
      // Monaco makes the element that has the focus anew for each text.
      const input = place.querySelector('.native-edit-context, textarea');
      input?.setAttribute('aria-describedby', options.describedBy);
      const from = model.getPositionAt(selectionStart);
      const to = model.getPositionAt(selectionEnd);
      one.setSelection({
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      });
      one.focus();
      tabLeaves = !isUsed;
    },
    mark(marks) {
      marked = model.deltaDecorations(
        marked,
        [...marks].map(([line, kind]) => ({
          range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
          options: { isWholeLine: true, className: `marked is-${kind}` },
        })),
      );
    },
    underline(problems) {
      const markers = problems.map(({ message, line, column }) => {
        const word = model.getWordAtPosition({ lineNumber: line, column });
        return {
          message,
          severity: MarkerSeverity.Error,
          startLineNumber: line,
          startColumn: column,
          endLineNumber: line,
          endColumn: word?.endColumn ?? column + 1,
        };
      });
      editor.setModelMarkers(model, 'python', markers);
    },
    dispose() {
      forget();
      if (shown?.sheet === options) leave(one);
      model.dispose();
    },
  };
}

/** The cell gets its textarea back, with the selection: there the editor will find it again. */
function leave(one: editor.IStandaloneCodeEditor): void {
  const model = one.getModel();
  const selection = one.getSelection();
  if (shown !== null && model !== null && selection !== null) {
    const { area } = shown;
    const offset = (lineNumber: number, column: number): number =>
      model.getOffsetAt({ lineNumber, column });
    area.value = model.getValue();
    area.setSelectionRange(
      offset(selection.startLineNumber, selection.startColumn),
      offset(selection.endLineNumber, selection.endColumn),
    );
    delete area.parentElement?.dataset['editor'];
  }
  shown = null;
  one.setModel(null);
  place.remove();
}

function makeEditor(): editor.IStandaloneCodeEditor {
  addPython();
  setTheme();
  window.addEventListener('stacklab:theme', setTheme);
  const one = editor.create(place, {
    model: null,
    automaticLayout: true,
    contextmenu: false,
    fixedOverflowWidgets: true,
    folding: false,
    fontLigatures: false,
    glyphMargin: false,
    guides: { indentation: false },
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: PADDING, bottom: PADDING },
    quickSuggestions: false,
    renderLineHighlight: 'none',
    scrollBeyondLastColumn: 0,
    scrollBeyondLastLine: false,
    scrollbar: { handleMouseWheel: false, horizontal: 'hidden', vertical: 'hidden' },
    tabSize: 4,
    wordBasedSuggestions: 'off',
  });
  one.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => shown?.sheet.onRun());
  // The place around it scrolls, the cell and the page: the cursor takes them with it, and the editor stands still.
  one.onDidScrollChange(({ scrollLeft, scrollTop }) => {
    if (scrollLeft !== 0 || scrollTop !== 0) one.setScrollPosition({ scrollLeft: 0, scrollTop: 0 });
  });
  one.onDidChangeCursorPosition(({ source }) => {
    if (source !== 'mouse' && one.hasTextFocus()) requestAnimationFrame(showCursor);
  });
  letTabLeave();
  return one;
}

function showCursor(): void {
  const box = place.parentElement;
  const cursor = place.querySelector('.cursor')?.getBoundingClientRect();
  if (box === null || cursor === undefined) return;
  const { left, right } = box.getBoundingClientRect();
  box.scrollLeft += outside(cursor.left - textLeft, cursor.right + PADDING, left, right);
  window.scrollBy(0, outside(cursor.top - PADDING, cursor.bottom + PADDING, 0, innerHeight));
}

/** How far something lies before (negative) or behind what is seen. */
function outside(from: number, to: number, seenFrom: number, seenTo: number): number {
  return Math.min(0, from - seenFrom) + Math.max(0, to - seenTo);
}

/**
 * Tab goes on to the next thing on the page until the reader does something in the editor, and again after Esc.
 * So nobody who walks through the page with Tab is held.
 */
function letTabLeave(): void {
  place.addEventListener('focusout', () => (tabLeaves = true));
  place.addEventListener('pointerdown', () => (tabLeaves = false), { capture: true });
  place.addEventListener(
    'keydown',
    (event) => {
      // Monaco does not hear of it, and the browser does what it always does.
      if (event.key === 'Tab' && tabLeaves) event.stopPropagation();
      else if (event.key !== 'Shift') tabLeaves = event.key === 'Escape';
    },
    { capture: true },
  );
}

/** The letters of the still text, at the same place. */
function fit(one: editor.IStandaloneCodeEditor, box: HTMLElement): void {
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(box);
  const input = box.querySelector('.code-input');
  textLeft = input === null ? 0 : Number.parseFloat(getComputedStyle(input).paddingLeft);
  one.updateOptions({
    fontFamily,
    fontSize: Number.parseFloat(fontSize),
    lineHeight: Number.parseFloat(lineHeight),
  });
  one.layout();
  const { lineNumbersWidth } = one.getLayoutInfo();
  one.updateOptions({ lineDecorationsWidth: textLeft - lineNumbersWidth });
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
    inherit: false,
    rules: Object.entries(TOKEN_COLORS).map(([kind, name]) => ({
      token: kind === 'plain' ? '' : kind,
      foreground: color(name),
    })),
    colors: {
      // The line that is marked lies under the words.
      'editor.background': '#00000000',
      'editor.foreground': `#${color('ink')}`,
      'editorLineNumber.foreground': `#${color('ink3')}`,
      'editorLineNumber.activeForeground': `#${color('ink')}`,
      'editorCursor.foreground': `#${color('ink')}`,
      'editor.selectionBackground': `#${color('accent-line')}66`,
      'editorError.foreground': `#${color('err-line')}`,
      focusBorder: '#00000000',
    },
  });
  editor.setTheme('stacklab');
  probe.remove();
}
