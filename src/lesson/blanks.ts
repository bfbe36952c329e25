// A program with blanks: its fixed text, and what a reader typed between.
//
//   around   "return ", "(*args)\n    return ", "\n"       one text more than there are blanks
//   typed    "func", ""
//   program  "return func(*args)\n    return ___\n"         an empty blank is ___
//
// The page keeps the program alone, as for every exercise, so what was typed is found in it again.

import { colorLines, type Word } from './colors.ts';

/** What an empty blank is in the program: a name that Python does not know. */
export const EMPTY_BLANK = '___';

export function filledProgram(around: readonly string[], typed: readonly string[]): string {
  return around
    .map((text, at) => text + (at < around.length - 1 ? orEmpty(typed[at] ?? '') : ''))
    .join('');
}

function orEmpty(typed: string): string {
  return typed.trim() === '' ? EMPTY_BLANK : typed;
}

/** What stands in the blanks of a program; null when it is not this program. */
export function typedIn(around: readonly string[], program: string): readonly string[] | null {
  const pattern = around
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    // Something stands in each. Where two of a line can be told apart in several ways, the first one is short.
    .join('([^\\S\\n]*\\S.*?)');
  const found = new RegExp(`^${pattern}$`).exec(program);
  return found === null
    ? null
    : found.slice(1).map((typed) => (typed === EMPTY_BLANK ? '' : typed));
}

/** A word of the program, or the number of a blank, from 0. */
export type Part = Word | number;

/** The lines of the program with its colours. A word is cut where a blank lies in it, as in `"[[Ada]]"`. */
export function partsOf(around: readonly string[]): readonly (readonly Part[])[] {
  const starts: number[] = [];
  let length = 0;
  for (const text of around.slice(0, -1)) {
    starts.push(length + text.length);
    length += text.length + EMPTY_BLANK.length;
  }
  let at = 0;
  return colorLines(filledProgram(around, [])).map((words) => {
    const parts = words.flatMap((word) => {
      const from = at;
      at += word.text.length;
      return cut(word, from, starts);
    });
    // The end of the line.
    at += 1;
    return parts;
  });
}

/** The word that begins at `from`, without the blanks that lie in it. */
function cut(word: Word, from: number, starts: readonly number[]): readonly Part[] {
  const parts: Part[] = [];
  let done = 0;
  const add = (to: number): void => {
    if (to > done) parts.push({ kind: word.kind, text: word.text.slice(done, to) });
  };
  starts.forEach((start, blank) => {
    const [first, after] = [start - from, start - from + EMPTY_BLANK.length];
    if (after <= 0 || first >= word.text.length) return;
    add(first);
    // A blank that began in the word before was put there.
    if (first >= 0) parts.push(blank);
    done = Math.min(after, word.text.length);
  });
  add(word.text.length);
  return parts;
}
