// A misspelled keyword where Python says only "invalid syntax", and a name that gets its value too late.

import type { PythonError } from './messages.ts';

const KEYWORDS =
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  );

type Raised = Pick<PythonError, 'type' | 'message' | 'line'>;

/** Null when the spelling is not what is wrong, as far as can be told. */
export function spelling(error: Raised, code: string): string | null {
  const line = error.line === null ? undefined : code.split('\n')[error.line - 1];
  if (line === undefined) return null;
  if (error.type === 'SyntaxError' && /^invalid syntax$/.test(error.message)) return keyword(line);
  const name = /^name '(\w+)' is not defined$/.exec(error.message)?.[1];
  return error.type === 'NameError' && name !== undefined
    ? tooLate(name, error.line ?? 0, code)
    : null;
}

function keyword(line: string): string | null {
  // Words of a text or a comment are not Python's.
  const words = line.replace(/#.*|"[^"]*"|'[^']*'/g, ' ').match(/[A-Za-z_]\w*/g) ?? [];
  for (const word of words) {
    if (KEYWORDS.includes(word)) continue;
    const near = KEYWORDS.find((each) => isNear(word.toLowerCase(), each));
    if (near !== undefined) return `\`${word}\` is no word of Python. Did you mean \`${near}\`?`;
  }
  return null;
}

/** One letter too many, too few, another one, or two letters swapped. Short words are all near to each other. */
function isNear(word: string, other: string): boolean {
  if (word === other) return true;
  if (other.length < 3 || Math.abs(word.length - other.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === other[start]) start += 1;
  const [left, right] = [word.slice(start), other.slice(start)];
  if (left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1))
    return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}

/** The line that gives the name its value, where it stands below. */
function tooLate(name: string, line: number, code: string): string | null {
  const gives = new RegExp(`^(?:${name}\\b[^=(]*=[^=]|(?:async )?(?:def|class) ${name}\\b)`);
  const at = code.split('\n').findIndex((text, index) => index >= line && gives.test(text));
  return at < 0
    ? null
    : `Line ${at + 1} makes \`${name}\`, but line ${line} runs before it. Python goes from top to bottom.`;
}
