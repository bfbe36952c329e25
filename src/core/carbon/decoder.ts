// From bytes as they were received to points: what a socket brings, and what the journal kept of it.
//
//   lines    a.b 1 1700000000\nc.d 2 1700000000\n      of a TCP connection
//   packet   a.b 1 1700000000\nc.d 2 1700000000        of UDP, whose last line needs no end
//   pickle   one frame without its length
//
// What cannot be read is counted by its sender, and said; it costs nothing else.

import { decodeUtf8, decodeUtf8Lossy } from '../base/text.ts';
import type { Log } from '../host/log.ts';
import type { Kind } from './journal.ts';
import { NEWLINE } from './line-buffer.ts';
import type { Fault } from './ledger.ts';
import { hasTimeOf, parseLine, shown } from './line.ts';
import { holdsOneThing, pickledPoints } from './pickled-points.ts';
import type { Point } from './point.ts';
import type { Unread } from './unread.ts';

export interface DecoderParts {
  readonly unread: Unread;
  readonly log: Log;
  readonly take: (point: Point, from: string, receivedS: number) => void;
  /** A quicker way for the lines that it understands, where it may be gone now; null has every line parsed as text. */
  readonly plainLines: () => PlainLines | null;
  /** Whether what ends a connection of the real program ends it here too. */
  readonly strict: boolean;
}

/** Takes lines that need no thought, and gives every other one, without its end, to `other`. */
export type PlainLines = (lines: Uint8Array, other: (line: Uint8Array) => void) => void;

export interface Decoder {
  /** False when the connection must end; nothing behind the fault was read. */
  take(kind: Kind, bytes: Uint8Array, from: string, receivedS: number): boolean;
}

export function makeDecoder(parts: DecoderParts): Decoder {
  const { unread, log, take, plainLines, strict } = parts;

  function invalidLine(fault: Fault, line: string, why: string, from: string, atS: number): void {
    unread.line(fault, line, from, atS);
    log.say('warning', 'Ignored an invalid line.', { from, why });
  }

  /** False for a line that ends the connection. */
  function takeLine(line: string, from: string, receivedS: number, isPacket = false): boolean {
    const point = parseLine(line);
    if (point.ok) take(point.value, from, receivedS);
    else invalidLine(point.fault, line, point.why, from, receivedS);
    if (!strict || point.ok) return true;
    return !hasTimeOf(line, 'infinite') && (isPacket || !hasTimeOf(line, 'nan'));
  }

  function takeBytesOfLine(line: Uint8Array, from: string, receivedS: number): boolean {
    const text = decodeUtf8(line);
    if (text !== null) return takeLine(text, from, receivedS);
    const lossy = decodeUtf8Lossy(line);
    const why = `The line is not UTF-8 text: "${shown(lossy)}".`;
    invalidLine('notUtf8', lossy, why, from, receivedS);
    return !strict;
  }

  function takeLines(bytes: Uint8Array, from: string, receivedS: number): boolean {
    const other = (line: Uint8Array): boolean => takeBytesOfLine(line, from, receivedS);
    const quick = plainLines();
    if (quick !== null) {
      quick(bytes, other);
      return true;
    }
    const text = decodeUtf8(bytes);
    // One bad line must not cost the others: then each is decoded by itself.
    if (text === null) return eachLine(bytes, other);
    return withoutLast(text.split('\n')).every((line) => takeLine(line, from, receivedS));
  }

  /** A packet has no connection that could end: what is behind a fault is all that is lost. */
  function takePacket(bytes: Uint8Array, from: string, receivedS: number): boolean {
    const text = decodeUtf8(bytes);
    if (text !== null)
      withoutLast(text.split(PYTHON_LINE_ENDS)).every((line) =>
        takeLine(line, from, receivedS, true),
      );
    else if (strict) {
      const lossy = decodeUtf8Lossy(bytes);
      invalidLine('notUtf8', lossy, 'The packet is not UTF-8 text.', from, receivedS);
    } else eachLine(bytes, (line) => takeBytesOfLine(line, from, receivedS));
    return true;
  }

  function takePickle(bytes: Uint8Array, from: string, receivedS: number): boolean {
    let goesOn = true;
    const points = pickledPoints(bytes, (why, name, endsReal) => {
      unread.pickle('badElement', why, name, from, receivedS);
      sayInvalidPickle(log, why, from);
      goesOn = !(strict && endsReal);
      return goesOn;
    });
    if (!points.ok) {
      unread.pickle('badPickle', points.why, null, from, receivedS);
      sayInvalidPickle(log, points.why, from);
      return !(strict && holdsOneThing(bytes));
    }
    for (const point of points.value) {
      take(point, from, receivedS);
      if (strict && hasNoTime(point)) return false;
    }
    return goesOn;
  }

  const takes = { lines: takeLines, packet: takePacket, pickle: takePickle };
  return {
    take: (kind, bytes, from, receivedS) => takes[kind](bytes, from, receivedS),
  };
}

export function sayInvalidPickle(log: Log, why: string, from: string): void {
  log.say('warning', 'Ignored an invalid pickle.', { from, why });
}

/** Python's splitlines() ends a line at each of these. */
const PYTHON_LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** What stands behind the last end of line is nothing, when it is empty. */
function withoutLast(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Until `take` says no; what it said last. */
function eachLine(bytes: Uint8Array, take: (line: Uint8Array) => boolean): boolean {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (!take(bytes.subarray(start, end))) return false;
    start = end + 1;
  }
  return true;
}

/** Where Carbon's int() raises; a value of NaN is dropped before that. */
function hasNoTime({ time, value }: Point): boolean {
  return !Number.isFinite(time) && !Number.isNaN(value);
}
