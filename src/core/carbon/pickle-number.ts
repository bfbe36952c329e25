// How pickles write numbers: protocol 0 in a line of text, later ones also a whole number in bytes of its own length.
//
//   L1700000000L \n        8a 05 00 00 00 00 02        = 8589934592
//                             |  '- the lowest byte first, in two's complement
//                             length
//
// Every number is a float here, as Carbon makes of it; a whole number that no float can hold is an object that
// nobody looks into, for Python's float() refuses it.

import { parsePythonFloat } from '../base/number.ts';
import { latin1At } from '../base/text.ts';
import { fail, lineEnd, skip, type Machine, type PickleValue } from './pickle-machine.ts';

/** Digits or bytes of one whole number: Python's are without limit. */
export const LONG_SIZE_MAX = 1000;
/** So many digits of any kind are a whole number that a float holds exactly. */
const EXACT_DIGITS = 15;
const EXACT_BYTES = 6;
// As in Python's source, no zeros stand before other digits: C once took such for octal.
const WHOLE_NUMBER = /^\s*[+-]?(?:0+|[1-9]\d*)\s*$/;
const ZERO = 0x30;
const ONE = 0x31;
const SHOWN_CHARACTERS_MAX = 40;

/** The number of a place in the memo; -1 when the line is none. */
export function readIndex(machine: Machine): number {
  const start = machine.at;
  const end = lineEnd(machine);
  const index = plainDigits(machine.bytes, start, end);
  if (index >= 0) return index;
  const digits = latin1At(machine.bytes, start, end);
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}

/** Protocol 0 writes True and False as I01 and I00. */
export function readInt(machine: Machine): PickleValue {
  const { bytes, at } = machine;
  const end = lineEnd(machine);
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (end - at === 2 && first === ZERO && (second === ZERO || second === ONE))
    return second === ONE;
  return wholeNumber(machine, at, end);
}

/** Python 2 writes an L behind the digits. */
export function readLong(machine: Machine): PickleValue {
  const start = machine.at;
  const end = lineEnd(machine);
  const hasMark = end > start && machine.bytes[end - 1] === 0x4c;
  return wholeNumber(machine, start, hasMark ? end - 1 : end);
}

function wholeNumber(machine: Machine, start: number, end: number): PickleValue {
  const { bytes } = machine;
  const plain = bytes[start] === ZERO ? -1 : plainDigits(bytes, start, end);
  if (plain >= 0) return plain;
  const digits = latin1At(bytes, start, end);
  if (digits.length > LONG_SIZE_MAX || !WHOLE_NUMBER.test(digits))
    fail(machine, `"${digits.slice(0, SHOWN_CHARACTERS_MAX)}" is not a whole number`);
  return asFloat(Number(digits));
}

/** What a few digits say; -1 when they are more, or anything else. */
function plainDigits(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > EXACT_DIGITS) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

export function readBytesOfLong(machine: Machine, length: number): PickleValue {
  const start = skip(machine, length);
  if (length > LONG_SIZE_MAX) fail(machine, `a whole number has ${length} bytes`);
  if (machine.why !== null || length === 0) return 0;
  const { bytes } = machine;
  if (length > EXACT_BYTES) {
    let digits = '0x';
    for (let at = start + length - 1; at >= start; at--)
      digits += (bytes[at] ?? 0).toString(16).padStart(2, '0');
    return asFloat(Number(BigInt.asIntN(length * 8, BigInt(digits))));
  }
  // The highest byte has the sign.
  let value = ((bytes[start + length - 1] ?? 0) << 24) >> 24;
  for (let at = start + length - 2; at >= start; at--) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

export function readFloat(machine: Machine): number {
  const start = machine.at;
  const line = latin1At(machine.bytes, start, lineEnd(machine));
  const value = parsePythonFloat(line);
  if (value === null) fail(machine, `"${line.slice(0, SHOWN_CHARACTERS_MAX)}" is not a number`);
  return value ?? 0;
}

function asFloat(whole: number): PickleValue {
  // A whole number has no -0.
  const value = whole + 0;
  return Number.isFinite(value) ? value : { opaque: 'int' };
}
