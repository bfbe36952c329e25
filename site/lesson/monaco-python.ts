// Python for Monaco, in the colours of the still text: the same words, so that nothing changes when the editor comes.

import { languages } from 'monaco-editor/editor';
import { colorLines, type WordKind } from '../../src/lesson/colors.ts';

/** The name of each colour in tokens.css; Monaco's own name for plain text is empty. */
export const TOKEN_COLORS: Readonly<Record<WordKind, string>> = {
  plain: 'ink',
  keyword: 'code-keyword',
  string: 'code-string',
  number: 'code-number',
  call: 'code-call',
  comment: 'ink3',
};

export function addPython(): void {
  languages.register({ id: 'python' });
  languages.setTokensProvider('python', {
    getInitialState: () => lineStart(''),
    tokenize(line, state) {
      const { open } = state as LineStart;
      const words = colorLines(open + line)[0] ?? [];
      let at = -open.length;
      const tokens = words.map(({ kind, text }) => {
        const startIndex = Math.max(0, at);
        at += text.length;
        return { startIndex, scopes: kind };
      });
      const last = words.at(-1);
      const isOpen = last?.kind === 'string' && OPEN_STRING.exec(last.text);
      return { tokens, endState: lineStart(isOpen ? (isOpen[1] ?? '') : '') };
    },
  });
  languages.setLanguageConfiguration('python', {
    comments: { lineComment: '#' },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '(', close: ')' },
      { open: '"', close: '"', notIn: ['string', 'comment'] },
      { open: "'", close: "'", notIn: ['string', 'comment'] },
    ],
    // As in the textarea: one step in after a colon.
    onEnterRules: [
      {
        beforeText: /:\s*(#.*)?$/,
        action: { indentAction: languages.IndentAction.Indent },
      },
    ],
  });
}

/** A text of several lines that has not ended yet: how it began. */
const OPEN_STRING = /^([rbfu]{0,2}("""|'''))(?![\s\S]*\2)/i;

interface LineStart extends languages.IState {
  readonly open: string;
}

function lineStart(open: string): LineStart {
  return {
    open,
    clone: () => lineStart(open),
    equals: (other) => (other as LineStart).open === open,
  };
}
