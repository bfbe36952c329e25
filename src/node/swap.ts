// Putting a finished file in the place of an old one, which stays beside it under another name.
//
//   a.wsp.bak becomes a second name of a.wsp, then a.wsp.tmp takes the name a.wsp, then the folder is flushed
//
// So a file stands under the name at every moment: a writer that finds none would make a new one. Whatever fails leaves
// the old one there.

import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import { messageOf } from './files.ts';

export function backupOf(path: string): string {
  return `${path}.bak`;
}

/** `temporary` must be flushed and stand in the same folder as `path`. An older backup is replaced. */
export function swapIn(temporary: string, path: string): Result<null> {
  try {
    rmSync(backupOf(path), { force: true });
    keepAs(path, backupOf(path));
    renameSync(temporary, path);
    flush(dirname(resolve(path)));
    return good(null);
  } catch (error) {
    return bad(`${path} stays as it was: ${messageOf(error)}`);
  }
}

/** Not every file system knows second names. */
function keepAs(path: string, backup: string): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

/** Waits until the bytes are on the disk. */
export function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
