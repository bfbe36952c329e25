// The words of a Python program with their colours, line by line, for the page that is built and for the
// reader who types: one small list of patterns, where a full highlighter would be larger than the page.

export type WordKind = 'plain' | 'keyword' | 'string' | 'number' | 'call' | 'comment';

export interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

/** What a language is made of: its words, with groups named comment, string, number and name. */
export interface Syntax {
  readonly word: RegExp;
  readonly keywords: ReadonlySet<string>;
}

const KEYWORDS =
  'and as assert async await break case class continue def del elif else except finally for from global if ' +
  'import in is lambda match nonlocal not or pass raise return try while with yield True False None';
export const PYTHON: Syntax = {
  // Order matters: a comment inside a string is none. A string may be open at the end of the text.
  word: /(?<comment>#.*)|(?<string>[rRbBfFuU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<number>\b\d[\w.]*)|(?<name>[\p{L}_][\p{L}\p{N}_]*)/gu,
  keywords: new Set(KEYWORDS.split(' ')),
};

export function colorLines(code: string, syntax = PYTHON): readonly (readonly Word[])[] {
  const lines: Word[][] = [[]];
  const add = (kind: WordKind, text: string): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    });
  };
  let end = 0;
  for (const found of code.matchAll(syntax.word)) {
    add('plain', code.slice(end, found.index));
    end = found.index + found[0].length;
    add(kindOf(found, code.slice(end), syntax), found[0]);
  }
  add('plain', code.slice(end));
  return lines;
}

function kindOf({ groups = {} }: RegExpMatchArray, after: string, { keywords }: Syntax): WordKind {
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  if (groups['number'] !== undefined) return 'number';
  if (keywords.has(groups['name'] ?? '')) return 'keyword';
  return /^\s*\(/.test(after) ? 'call' : 'plain';
}
