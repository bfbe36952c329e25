// One sentence in plain words under Python's own text: what the exception usually means, in the learner's names.

import type { PythonError } from './messages.ts';

interface Explainer {
  readonly type: string;
  readonly message: RegExp;
  /** `$1` is what the pattern caught; `$line` the line. */
  readonly words: string;
}

const EXPLAINERS: readonly Explainer[] = [
  {
    type: 'UnboundLocalError',
    message: /local variable '(\w+)'/,
    words:
      'This function gives `$1` a value somewhere, so Python treats `$1` as its own name, which has no value yet.',
  },
  {
    type: 'NameError',
    message: /name '(\w+)' is not defined/,
    words:
      'No variable or function is called `$1` here. Compare the spelling, and look whether `$1` gets its value in another call.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)$/,
    words: 'Line $line calls `$1`, but gives no value for $2.',
  },
  {
    type: 'TypeError',
    message: /^(.+?)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given$/,
    words: '`$1` has room for $2, and the call brings $3.',
  },
  {
    type: 'TypeError',
    message: /^'NoneType' object is not callable$/,
    words:
      'Line $line calls something that is None. Often that is the result of a function without a `return`.',
  },
  {
    type: 'TypeError',
    message: /^'(\w+)' object is not callable$/,
    words:
      'Line $line puts parentheses after a value of the type $1. Only functions can be called.',
  },
  {
    type: 'SyntaxError',
    message: /^no binding for nonlocal '(\w+)' found/,
    words: '`nonlocal $1` asks for a variable of an outer function, and no outer function has it.',
  },
  {
    type: 'SyntaxError',
    message: /^expected ':'/,
    words: 'A line that opens a block, such as def, if or for, ends with a colon.',
  },
  {
    type: 'IndentationError',
    message: /^expected an indented block/,
    words: 'The line before opens a block, so the next line must stand further right.',
  },
  {
    type: 'RecursionError',
    message: /(?:en|de)coding a JSON|during compilation/,
    words: 'There is more inside one another here than Python can follow.',
  },
  {
    type: 'RecursionError',
    message: /maximum recursion depth|^Stack overflow/,
    words:
      'The function called itself until Python stopped it. Which call should have been the last?',
  },
  {
    type: 'MemoryError',
    message: /^(?!Parser)/,
    words: 'Line $line asks for more memory than this Python has: 256 MB.',
  },
  {
    type: 'OverflowError',
    message: /index-sized integer/,
    words: 'Line $line asks for more items than Python can count here.',
  },
  {
    type: 'RuntimeError',
    message: /^can't start new thread/,
    words:
      'This Python has one thread, so a program cannot start another. Call the function instead.',
  },
  {
    type: 'OSError',
    message: /does not support processes/,
    words: 'This Python cannot start other programs of the computer.',
  },
  {
    type: 'OSError',
    message: /No space left on device/,
    words: 'A file here can hold 32 MB, and line $line writes more.',
  },
  {
    type: 'SystemExit',
    message: /^(-?\d+)$/,
    words:
      'Line $line ends the program with the exit code $1, which means that something went wrong.',
  },
];

/** Null when there is nothing to add to Python's own words. */
export function explain(error: Pick<PythonError, 'type' | 'message' | 'line'>): string | null {
  for (const { type, message, words } of EXPLAINERS) {
    if (type !== error.type) continue;
    const found = message.exec(error.message.replace(/^\w+: /, ''));
    if (found !== null)
      return words
        .replaceAll('$line', String(error.line ?? ''))
        .replace(/\$(\d)/g, (_, digit: string) => shortName(found[Number(digit)] ?? ''));
  }
  return null;
}

/** `make_label.<locals>.label` is `label` to who wrote it. */
function shortName(text: string): string {
  return text.replace(/[\w.<>]*<locals>\./g, '');
}
