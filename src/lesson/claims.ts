// What a lesson says of Python, each with the run that shows it: `check --claims` lists them.
//
//   rule        ::: rule             the program above it on its page, or else the first one below
//   near miss   :::: near-miss       the program in it
//   message     `'int' object is not callable`, `NameError`     whatever said it

import { sentenceOf } from './sentences.ts';

export interface Claim {
  /** From 1, in the file. */
  readonly line: number;
  readonly kind: 'rule' | 'near miss' | 'message';
  readonly text: string;
  /** The id of the program or the exercise that shows it; null when nothing does. */
  readonly shownBy: string | null;
}

/** What one run said: its output, and its error. */
export interface Said {
  /** `counters`, or `in-range, wrong answer compares-at-once` */
  readonly by: string;
  readonly text: string;
}

interface Place {
  readonly line: number;
  readonly id: string;
}

const PROGRAM = /^(?:```python run|:{3,} ?(?:exercise|parsons|fill|mutants))\b.*\bid=([\w-]+)/;

/** A message has three words in a row; a name of an exception may stand alone. */
const MESSAGE =
  /^[A-Z]\w*(?:Error|Warning|Interrupt|Iteration|Exit)\b|(?:^|[ '])(?:[A-Za-z]+ ){2,}[A-Za-z]+(?![\w-])/;

/** A text in quotation marks, a list, an assignment, or `name in table`, is a piece of a program. */
const CODE = /^["[({]|^(?:from|import) |^\w+ = |^\w+ (?:not )?(?:in|is|and|or) \w+$/;

export function claimsOf(source: string, said: readonly Said[]): readonly Claim[] {
  const claims: Claim[] = [];
  let fence: 'none' | 'prose' | 'code' = 'none';
  const lines = source.split('\n');
  const pages = pagesOf(lines);
  lines.forEach((text, at) => {
    const line = at + 1;
    if (text.startsWith('```')) {
      // A hint shows code that is not there yet.
      fence = fence !== 'none' ? 'none' : text.startsWith('```feedback ') ? 'prose' : 'code';
      return;
    }
    if (fence === 'code') return;
    const page = pages.findLast((each) => each.from <= at);
    if (/^::: ?rule\b/.test(text)) {
      const above = page?.programs.findLast((each) => each.line < line);
      const shownBy = (above ?? page?.programs[0])?.id ?? null;
      claims.push({ line, kind: 'rule', text: sentenceOf(lines, at + 1), shownBy });
    } else if (/^:{3,} ?near-miss\b/.test(text)) {
      const end = lines.findIndex((each, index) => index > at && each === /^:+/.exec(text)?.[0]);
      const inside = page?.programs.find((each) => each.line > line && each.line <= end);
      const shownBy = inside?.id ?? null;
      claims.push({ line, kind: 'near miss', text: sentenceOf(lines, at + 1), shownBy });
    }
    // An option is compared with a run of its own.
    if (!/^- \[[ x]\] /.test(text))
      for (const [, quoted = ''] of text.matchAll(/`([^`]+)`/g))
        if (MESSAGE.test(quoted) && !CODE.test(quoted))
          claims.push({ line, kind: 'message', text: quoted, shownBy: sayerOf(quoted, said) });
  });
  return claims;
}

interface PagePlaces {
  /** Index of its first line. */
  readonly from: number;
  readonly programs: readonly Place[];
}

function pagesOf(lines: readonly string[]): readonly PagePlaces[] {
  const pages: { from: number; programs: Place[] }[] = [];
  lines.forEach((text, at) => {
    if (/^# .*\{#/.test(text)) pages.push({ from: at, programs: [] });
    const id = PROGRAM.exec(text)?.[1];
    if (id !== undefined) pages.at(-1)?.programs.push({ line: at + 1, id });
  });
  return pages;
}

function sayerOf(quoted: string, said: readonly Said[]): string | null {
  return said.find(({ text }) => text.includes(quoted))?.by ?? null;
}
