// From bytes as they were received to points: what a socket brings, and what the journal kept of it.
//
//   lines    a.b 1 1700000000\nc.d 2 1700000000\n      of a TCP connection
//   packet   a.b 1 1700000000\nc.d 2 1700000000        of UDP, whose last line needs no end
//   pickle   one frame without its length
//
// What cannot be read is counted, and said with its sender; it costs nothing else.

import { decodeUtf8, decodeUtf8Lossy } from '../base/text.ts';
import type { Log } from '../host/log.ts';
import type { Kind } from './journal.ts';
import { NEWLINE } from './line-buffer.ts';
import { parseLine, shown } from './line.ts';
import { pickledPoints } from './pickled-points.ts';
import type { Point } from './point.ts';
import type { ReceiveCounts } from './stats.ts';

export interface DecoderParts {
  readonly counts: ReceiveCounts;
  readonly log: Log;
  readonly take: (point: Point, from: string, receivedS: number) => void;
  /** A quicker way for the lines that it understands; null has every line parsed as text. */
  readonly plainLines: PlainLines | null;
}

/** Takes lines that need no thought, and gives every other one, without its end, to `other`. */
export type PlainLines = (lines: Uint8Array, other: (line: Uint8Array) => void) => void;

export interface Decoder {
  take(kind: Kind, bytes: Uint8Array, from: string, receivedS: number): void;
  /** Something that was received and is no point. */
  invalidLine(why: string, from: string): void;
  invalidPickle(why: string, from: string): void;
}

export function makeDecoder({ counts, log, take, plainLines }: DecoderParts): Decoder {
  function invalidLine(why: string, from: string): void {
    counts.invalidLines++;
    log.say('warning', 'Ignored an invalid line.', { from, why });
  }

  function invalidPickle(why: string, from: string): void {
    counts.invalidPickles++;
    log.say('warning', 'Ignored an invalid pickle.', { from, why });
  }

  function takeLine(line: string, from: string, receivedS: number): void {
    const point = parseLine(line);
    if (point.ok) take(point.value, from, receivedS);
    else invalidLine(point.why, from);
  }

  function takeBytesOfLine(line: Uint8Array, from: string, receivedS: number): void {
    const text = decodeUtf8(line);
    if (text !== null) takeLine(text, from, receivedS);
    else invalidLine(`The line is not UTF-8 text: "${shown(decodeUtf8Lossy(line))}".`, from);
  }

  function takeLines(bytes: Uint8Array, from: string, receivedS: number): void {
    const other = (line: Uint8Array): void => takeBytesOfLine(line, from, receivedS);
    if (plainLines !== null) return plainLines(bytes, other);
    const text = decodeUtf8(bytes);
    // One bad line must not cost the others: then each is decoded by itself.
    if (text === null) return eachLine(bytes, other);
    for (const line of withoutLast(text.split('\n'))) takeLine(line, from, receivedS);
  }

  function takePacket(bytes: Uint8Array, from: string, receivedS: number): void {
    const text = decodeUtf8(bytes);
    if (text === null) return eachLine(bytes, (line) => takeBytesOfLine(line, from, receivedS));
    for (const line of withoutLast(text.split(PYTHON_LINE_ENDS))) takeLine(line, from, receivedS);
  }

  function takePickle(bytes: Uint8Array, from: string, receivedS: number): void {
    const points = pickledPoints(bytes, (why) => invalidPickle(why, from));
    if (points.ok) for (const point of points.value) take(point, from, receivedS);
    else invalidPickle(points.why, from);
  }

  const takes = { lines: takeLines, packet: takePacket, pickle: takePickle };
  return {
    take: (kind, bytes, from, receivedS) => takes[kind](bytes, from, receivedS),
    invalidLine,
    invalidPickle,
  };
}

/** Python's splitlines() ends a line at each of these. */
const PYTHON_LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** What stands behind the last end of line is nothing, when it is empty. */
function withoutLast(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function eachLine(bytes: Uint8Array, take: (line: Uint8Array) => void): void {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    take(bytes.subarray(start, end));
    start = end + 1;
  }
}
