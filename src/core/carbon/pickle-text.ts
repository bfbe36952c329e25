// How pickles write text: UTF-8 behind its length, or protocol 0 in one line of ASCII.
//
//   X 03 00 00 00 a.b        S'it\'s \xc3\xa9' \n        Vcaf\u00e9 \n
//
// Nearly all text is a metric's name without any escape, so each reader tries that first.

import { asciiAt, decodeUtf8, latin1At } from '../base/text.ts';
import { fail, lineEnd, skip, type Machine } from './pickle-machine.ts';

const NOT_QUOTED = 'a text is not quoted as Python quotes';
const BACKSLASH = '\\';

export function readUtf8(machine: Machine, length: number): string {
  const start = skip(machine, length);
  if (machine.why !== null) return '';
  const end = start + length;
  const text = asciiAt(machine.bytes, start, end) ?? decodeUtf8(machine.bytes.subarray(start, end));
  if (text === null) fail(machine, 'a text is not UTF-8');
  return text ?? '';
}

/** A quoted string, as Python 2 prints it: 'it\'s \xc3\xa9'. Its bytes are UTF-8. */
export function readPythonString(machine: Machine): string {
  const { bytes, at: start } = machine;
  const end = lineEnd(machine);
  const quote = bytes[start];
  const isQuoted = end - start >= 2 && (quote === 0x27 || quote === 0x22);
  if (!isQuoted || bytes[end - 1] !== quote) {
    fail(machine, NOT_QUOTED);
    return '';
  }
  const inside = latin1At(bytes, start + 1, end - 1);
  const text = machine.isLinePlain ? inside : withoutEscapes(inside);
  if (text === null) fail(machine, NOT_QUOTED);
  return text ?? '';
}

const SIMPLE_ESCAPES: ReadonlyMap<string, number> = new Map([
  [BACKSLASH, 92],
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

function withoutEscapes(inside: string): string | null {
  const bytes: number[] = [];
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] !== BACKSLASH) {
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

/** Text with \uXXXX and \UXXXXXXXX for what is beyond Latin-1; no escape may be cut or too large. */
export function readRawUnicode(machine: Machine): string {
  const start = machine.at;
  const line = latin1At(machine.bytes, start, lineEnd(machine));
  if (machine.isLinePlain) return line;
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
  if (!isText) fail(machine, NOT_QUOTED);
  return text;
}
