// Bytes in, whole lines out: TCP delivers pieces that end anywhere.
//
//   received  | a.b 1 17 | 00000000\nc.d 2 1700 | 000000\n |
//   lines                  a.b 1 1700000000\n     c.d 2 1700000000\n

import { joinBytes } from '../base/bytes.ts';
import { decodeUtf8Lossy } from '../base/text.ts';
import { LINE_BYTES_MAX } from './line.ts';

export interface LineBuffer {
  /**
   * Gives `take` the lines that are complete, in one piece with their newlines. False when a line is too long: the
   * lines before it are taken, and nothing more.
   */
  receive(bytes: Uint8Array, take: (lines: Uint8Array) => void): boolean;
  /** What waits for its end of line; Carbon drops it when the connection closes. */
  rest(): string;
}

export const NEWLINE = 10;

export function makeLineBuffer(): LineBuffer {
  let rest = new Uint8Array(0);
  return {
    receive(bytes, take) {
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      if (end === 0) rest = joinBytes([rest, bytes]);
      else {
        const lines = joinBytes([rest, bytes.subarray(0, end)]);
        const fitting = endOfFitting(lines);
        if (fitting > 0) take(lines.subarray(0, fitting));
        rest = fitting < lines.length ? lines.slice(fitting) : bytes.slice(end);
      }
      const fits = rest.length <= LINE_BYTES_MAX && rest.indexOf(NEWLINE) < 0;
      if (!fits) rest = rest.slice(0, LINE_BYTES_MAX);
      return fits;
    },
    rest: () => decodeUtf8Lossy(rest),
  };
}

/** Where the first line begins that is too long; all of `lines` when none is. */
function endOfFitting(lines: Uint8Array): number {
  let start = 0;
  while (lines.length - start > LINE_BYTES_MAX) {
    const end = lines.lastIndexOf(NEWLINE, start + LINE_BYTES_MAX) + 1;
    if (end <= start) return start;
    start = end;
  }
  return lines.length;
}
