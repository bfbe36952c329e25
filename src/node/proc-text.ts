// A file of /proc, whose size is told only by reading it.

import { readFileSync } from 'node:fs';

/** Null when it is not there: a container may hide some of /proc, and the plugin then says so. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}
