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
const [NEWLINE, ZERO, ONE, LONG_MARK] = [0x0a, 0x30, 0x31, 0x4c];
const SHOWN_CHARACTERS_MAX = 40;

/** The number of a place in the memo; -1 when the line is none. */
export function readIndex(machine: Machine): number {
  const index = readPlainDigits(machine);
  if (index >= 0) return index;
  const start = machine.at;
  const digits = latin1At(machine.bytes, start, lineEnd(machine));
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}

/** Protocol 0 writes True and False as I01 and I00. */
export function readInt(machine: Machine): PickleValue {
  const { bytes, at } = machine;
  if (bytes[at] !== ZERO) return readWholeNumber(machine, false);
  const second = bytes[at + 1];
  const isTruth = (second === ZERO || second === ONE) && bytes[at + 2] === NEWLINE;
  if (!isTruth) return readWholeNumber(machine, false);
  machine.at += 3;
  return second === ONE;
}

/** Python 2 writes an L behind the digits. */
export function readLong(machine: Machine): PickleValue {
  return readWholeNumber(machine, true);
}

function readWholeNumber(machine: Machine, isLong: boolean): PickleValue {
  const { bytes, at: start } = machine;
  const plain = bytes[start] === ZERO ? -1 : readPlainDigits(machine, isLong);
  if (plain >= 0) return plain;
  const end = lineEnd(machine);
  const isMarked = isLong && end > start && bytes[end - 1] === LONG_MARK;
  const digits = latin1At(bytes, start, isMarked ? end - 1 : end);
  if (digits.length > LONG_SIZE_MAX || !WHOLE_NUMBER.test(digits))
    fail(machine, `"${digits.slice(0, SHOWN_CHARACTERS_MAX)}" is not a whole number`);
  return asFloat(Number(digits));
}

/** What a line of a few digits says. When it is any other line it is not read, and the answer is -1. */
function readPlainDigits(machine: Machine, mayBeLong = false): number {
  const { bytes, at: start } = machine;
  let value = 0;
  let at = start;
  for (; at < bytes.length; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  const isShort = at > start && at - start <= EXACT_DIGITS;
  if (mayBeLong && bytes[at] === LONG_MARK) at++;
  if (!isShort || bytes[at] !== NEWLINE) return -1;
  machine.at = at + 1;
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
