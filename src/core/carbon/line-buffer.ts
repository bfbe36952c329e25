// Bytes in, whole lines out: TCP delivers pieces that end anywhere.
//
//   received  | a.b 1 17 | 00000000\nc.d 2 1700 | 000000\n |
//   lines                  a.b 1 1700000000\n     c.d 2 1700000000\n

import { joinBytes } from '../base/bytes.ts';
import { decodeUtf8Lossy } from '../base/text.ts';
import { LINE_BYTES_MAX } from './line.ts';

export interface LineBuffer {
  /**
   * Gives `take` the lines that are complete, with their newlines, in one piece or two, which it must not keep. False when a line is too long: the
   * lines before it are taken, and nothing more.
   */
  receive(bytes: Uint8Array, take: (lines: Uint8Array) => void): boolean;
  /** What waits for its end of line; Carbon drops it when the connection closes. */
  rest(): string;
}

export const NEWLINE = 10;

export function makeLineBuffer(): LineBuffer {
  let rest = new Uint8Array(0);

  /** False when one is too long, which is kept to be shown. */
  function takeFitting(lines: Uint8Array, take: (lines: Uint8Array) => void): boolean {
    const fitting = endOfFitting(lines);
    if (fitting > 0) take(lines.subarray(0, fitting));
    rest = lines.slice(fitting, fitting + LINE_BYTES_MAX);
    return rest.length === 0;
  }

  return {
    receive(bytes, take) {
      // Only the line that two pieces share is copied; all others are taken where they lie.
      const shared = rest.length > 0 ? bytes.indexOf(NEWLINE) + 1 : 0;
      if (shared > 0 && !takeFitting(joinBytes([rest, bytes.subarray(0, shared)]), take))
        return false;
      const end = Math.max(shared, bytes.lastIndexOf(NEWLINE) + 1);
      if (end > shared && !takeFitting(bytes.subarray(shared, end), take)) return false;
      rest = joinBytes([rest, bytes.subarray(end)]);
      if (rest.length <= LINE_BYTES_MAX) return true;
      rest = rest.slice(0, LINE_BYTES_MAX);
      return false;
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
