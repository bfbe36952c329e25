// A file that grows, read from where it ended; also when a rotation puts another one in its place.

import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { bad, good, type Result } from '../core/base/result.ts';
import type { Follower } from '../core/host/outside.ts';

/** Of one file in one reading; the rest waits for the next. */
const READ_BYTES_MAX = 4 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

const NEWLINE = 10;

export function followFile(path: string): Follower {
  let file: number | null = null;
  let at = 0;
  /** A line whose end is not written yet. */
  let rest = Buffer.alloc(0);

  function open(from: 'begin' | 'end'): void {
    close();
    file = openSync(path, 'r');
    at = from === 'end' ? fstatSync(file).size : 0;
    rest = Buffer.alloc(0);
  }

  function close(): void {
    if (file !== null) closeSync(file);
    file = null;
  }

  function added(): readonly string[] {
    if (file === null) return [];
    // Somebody emptied it.
    if (fstatSync(file).size < at) {
      at = 0;
      rest = Buffer.alloc(0);
    }
    const pieces = [rest];
    for (let taken = 0; taken < READ_BYTES_MAX;) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const count = readSync(file, piece, 0, PIECE_BYTES, at);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      at += count;
      taken += count;
    }
    const bytes = Buffer.concat(pieces);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    // What the last newline ends is no line of its own.
    return bytes.subarray(0, end).toString('utf8').split(/\r?\n/).slice(0, -1);
  }

  function readOn(): readonly string[] {
    const before = added();
    if (file === null || statSync(path).ino === fstatSync(file).ino) return before;
    open('begin');
    return [...before, ...added()];
  }

  // What stands there already is old.
  attempt(() => open('end'));
  return {
    lines: () =>
      attempt(() => {
        if (file === null) open('begin');
        return readOn();
      }),
    close,
  };

  function attempt<T>(run: () => T): Result<T> {
    try {
      return good(run());
    } catch (error) {
      return bad(error instanceof Error ? error.message : String(error));
    }
  }
}
