// A file of /proc, whose size is told only by reading it.

import { closeSync, openSync, readSync } from 'node:fs';

/** One for all: a collector reads a hundred such files each second, and grows it for the longest. */
let room = Buffer.allocUnsafe(16_384);

/** Null when it is not there: a container may hide some of /proc, and the plugin then says so. */
export function readText(path: string): string | null {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    let length = 0;
    // The kernel hands over as much as it likes at a time: only nothing is the end.
    for (;;) {
      const bytes = readSync(file, room, length, room.length - length, null);
      if (bytes === 0) return room.toString('latin1', 0, length);
      length += bytes;
      if (length === room.length) room = Buffer.concat([room, Buffer.allocUnsafe(length)]);
    }
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}
