// Text to bytes and back, without TextEncoder: core has no platform.

import { partOf } from './bytes.ts';

/** The UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export function encodeUtf8(text: string): Uint8Array {
  return asciiBytes(text) ?? Uint8Array.from(utf8Bytes(text));
}

/** Nearly all text here is ASCII: its bytes, or null when a character is not. */
function asciiBytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return null;
    bytes[at] = code;
  }
  return bytes;
}

function utf8Bytes(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** The text of UTF-8 `bytes`, or null where Python's strict decoder would raise UnicodeDecodeError. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return decode(bytes, null);
}

/** The text of UTF-8 `bytes`, with U+FFFD where they are not UTF-8: for showing what was received. */
export function decodeUtf8Lossy(bytes: Uint8Array): string {
  return decode(bytes, '\ufffd') ?? '';
}

// Smallest code point that a sequence of 2, 3, 4 bytes may stand for: shorter forms must be used below.
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function decode(bytes: Uint8Array, replacement: string | null): string | null {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at++;
    if (at - start === bytes.length) return latin1At(bytes, start, at);
    if (at > start) parts.push(latin1At(bytes, start, at));
    if (at >= bytes.length) break;

    const lead = bytes[at] ?? 0;
    const length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    let code = lead < 0xf5 && length > 0 ? lead & (0xff >> (length + 1)) : -1;
    let used = 1;
    while (code >= 0 && used < length) {
      const next = bytes[at + used] ?? 0;
      if (next >> 6 !== 2) code = -1;
      else {
        code = (code << 6) | (next & 63);
        used++;
      }
    }
    const isText =
      code >= (SMALLEST[length] ?? 0) && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    if (code >= 0 && isText) parts.push(String.fromCodePoint(code));
    else if (replacement === null) return null;
    else parts.push(replacement);
    at += used;
  }
  return parts.join('');
}

/**
 * The same text on one line, with what one does not see, or what turns the order of what one sees, written out: a tab
 * is \\x09.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\\]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\\') return '\\\\';
    const digits = code.toString(16);
    return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
  });
}

/** The text of these bytes when all of them are ASCII, else null. */
export function asciiAt(bytes: Uint8Array, start: number, end: number): string | null {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return null;
  return latin1At(bytes, start, end);
}

// fromCharCode takes its bytes as arguments, and engines limit how many a call may have.
const ARGUMENTS_MAX = 8192;
/** A text so short is made without a subarray, which costs more than the rest. */
const SHORT_MAX = 128;
/** One array of each short length, to hold the arguments. */
const scratch: number[][] = [];

/** One character a byte, whatever the bytes mean. */
export function latin1At(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= SHORT_MAX) {
    const codes = (scratch[length] ??= Array.from({ length }, () => 0));
    for (let i = 0; i < length; i++) codes[i] = bytes[start + i] ?? 0;
    return String.fromCharCode(...codes);
  }
  let text = '';
  for (let at = start; at < end; at += ARGUMENTS_MAX)
    text += Reflect.apply(
      String.fromCharCode,
      String,
      partOf(bytes, at, Math.min(end, at + ARGUMENTS_MAX)),
    );
  return text;
}

/** "1 gap", "2 gaps". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
