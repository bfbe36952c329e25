// The texts of protocol 0 for plain-unpickle.ts: a line with one character a byte becomes what it stands for.

import { decodeUtf8 } from '../../../src/core/base/text.ts';

const SIMPLE_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['\\', 92],
  ["'", 39],
  ['"', 34],
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);

/** A quoted string, as Python 2 prints it: 'it\'s \xc3\xa9'. Its bytes are UTF-8. Null when it is not one. */
export function readPythonString(line: string): string | null {
  const quote = line[0] ?? '';
  if (line.length < 2 || (quote !== "'" && quote !== '"') || !line.endsWith(quote)) return null;
  const bytes: number[] = [];
  const inside = line.slice(1, -1);
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] !== '\\') {
      bytes.push(inside.charCodeAt(at));
      continue;
    }
    const rest = inside.slice(at + 1, at + 4);
    const simple = SIMPLE_ESCAPES.get(rest[0] ?? '');
    const code = /^x([0-9a-fA-F]{2})|^([0-7]{1,3})/.exec(rest);
    if (simple !== undefined) {
      bytes.push(simple);
      at += 1;
    } else if (code) {
      bytes.push(code[1] ? Number.parseInt(code[1], 16) : Number.parseInt(code[2] ?? '0', 8) & 255);
      at += code[0].length;
    } else return null;
  }
  return decodeUtf8(Uint8Array.from(bytes));
}

/** Text with \uXXXX and \UXXXXXXXX for what is beyond Latin-1. Null when an escape is cut or too large. */
export function readRawUnicode(line: string): string | null {
  let isText = true;
  // A backslash before anything else stands for itself, and so does what follows it: also a second backslash.
  const escape = /\\(?:u(.{0,4})|U(.{0,8})|[^])/g;
  const text = line.replace(escape, (whole, short?: string, long?: string) => {
    const digits = short ?? long;
    if (digits === undefined) return whole;
    const code = Number.parseInt(digits, 16);
    const isWhole =
      digits.length === (short === undefined ? 8 : 4) && /^[0-9a-fA-F]+$/.test(digits);
    if (!isWhole || code > 0x10ffff) isText = false;
    return isWhole && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
  return isText ? text : null;
}
