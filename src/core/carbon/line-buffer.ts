// Bytes in, lines out: TCP delivers pieces that end anywhere, UDP whole packets.
//
//   received  | a.b 1 17 | 00000000\nc.d 2 1700 | 000000\n |
//   lines                           a.b 1 1700000000
//                                                          c.d 2 1700000000

import { bad, good, type Result } from '../base/result.ts';
import { decodeUtf8, decodeUtf8Lossy } from '../base/text.ts';
import { LINE_BYTES_MAX, shown } from './line.ts';

export interface LineBuffer {
  /** Gives `take` every line that is complete. False when a line is too long: nothing more is taken. */
  receive(bytes: Uint8Array, take: (line: Result<string>) => void): boolean;
  /** What waits for its end of line; Carbon drops it when the connection closes. */
  rest(): string;
}

const NEWLINE = 10;

export function makeLineBuffer(): LineBuffer {
  let rest = new Uint8Array(0);
  return {
    receive(bytes, take) {
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      const complete = end > 0 ? joined(rest, bytes.subarray(0, end - 1)) : null;
      rest = end > 0 ? bytes.slice(end) : joined(rest, bytes);
      const fits =
        (complete === null || takeLines(complete, take)) && rest.length <= LINE_BYTES_MAX;
      if (!fits) rest = rest.slice(0, LINE_BYTES_MAX);
      return fits;
    },
    rest: () => decodeUtf8Lossy(rest),
  };
}

/** The lines of one UDP packet, whose last line needs no end. */
export function packetLines(packet: Uint8Array, take: (line: Result<string>) => void): void {
  // Python's splitlines() ends a line at each of these.
  const ends = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
  const text = decodeUtf8(packet);
  if (text === null) {
    takeLines(packet, take);
    return;
  }
  const lines = text.split(ends);
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) take(good(line));
}

/** `bytes` are whole lines, the last one without its newline. False at the first that is too long. */
function takeLines(bytes: Uint8Array, take: (line: Result<string>) => void): boolean {
  const text = decodeUtf8(bytes);
  if (text !== null && bytes.length <= LINE_BYTES_MAX) {
    for (const line of text.split('\n')) take(good(line));
    return true;
  }
  // One bad or long line must not cost the others: each is looked at by itself.
  let start = 0;
  while (start <= bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end - start > LINE_BYTES_MAX) return false;
    const line = bytes.subarray(start, end);
    const decoded = decodeUtf8(line);
    take(
      decoded === null
        ? bad(`The line is not UTF-8 text: "${shown(decodeUtf8Lossy(line))}".`)
        : good(decoded),
    );
    start = end + 1;
  }
  return true;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
