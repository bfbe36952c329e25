// The words of collectd.conf. A word without quotes is plain letters, a number or an address; all else needs quotes.

import { bad, good, type Result } from '../base/result.ts';

export type Argument = string | number | boolean;

export type Token = { readonly line: number } & (
  | { readonly kind: 'end' | '<' | '>' | '/'; readonly text: string }
  | { readonly kind: 'word' | 'quoted'; readonly text: string; readonly value: Argument }
);

// In turn: what counts for nothing, the end of a line, a mark, a quoted text, a word, and what fits nowhere.
const TOKEN =
  /((?:[ \t\b\ufeff]|#[^\n]*|\\\r?\n)+)|(\r?\n)|([<>/])|"((?:[^"\\]|\\[^])*)"|([^\s"#<>/\\]+)|([^])/gy;

export function tokensOf(text: string): Result<readonly Token[]> {
  const tokens: Token[] = [];
  let line = 1;
  for (const match of text.matchAll(TOKEN)) {
    const [all, , end, mark, quoted, word, wrong] = match;
    if (end !== undefined) tokens.push({ kind: 'end', text: '', line });
    else if (mark !== undefined) tokens.push({ kind: mark as '<' | '>' | '/', text: mark, line });
    else if (quoted !== undefined)
      tokens.push({ kind: 'quoted', text: all, value: unquoted(quoted), line });
    else if (word !== undefined) {
      const value = plainArgument(word);
      if (value === null)
        return bad(
          `Line ${line}: this value needs quotes around it: "${restOfValue(text, match.index)}"`,
        );
      tokens.push({ kind: 'word', text: word, value, line });
    } else if (wrong === '"') return bad(`Line ${line}: a quote has no end.`);
    else if (wrong !== undefined && wrong.trim() !== '')
      return bad(`Line ${line}: ${JSON.stringify(wrong)} stands only inside of quotes.`);
    line += all.split('\n').length - 1;
  }
  return good(tokens);
}

/** A backslash keeps the character behind it; at the end of a line it joins the next, less the blanks in front. */
function unquoted(text: string): string {
  return text.replace(/\\\r?\n[ \t]*/g, '').replace(/\\([^])/g, '$1');
}

const ADDRESS =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\]|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(?::\d{1,5})?$/;

/** Null when it is none of the words that may stand without quotes. */
function plainArgument(text: string): Argument | null {
  if (/^(?:true|yes|on)$/.test(text)) return true;
  if (/^(?:false|no|off)$/.test(text)) return false;
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  if (/^[+-]?\d+$/.test(text) || /^[+-]?\d*\.\d+(?:[eE][+-]\d+)?$/.test(text)) return Number(text);
  return /^\w+$/.test(text) || ADDRESS.test(text) ? text : null;
}

function restOfValue(text: string, from: number): string {
  return /[^\s"#]*/y.exec(text.slice(from))?.[0] ?? '';
}
