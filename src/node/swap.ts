// Putting a finished file in the place of an old one, which stays beside it under another name.
//
//   a.wsp -> a.wsp.bak,  a.wsp.tmp -> a.wsp,  then the folder is flushed
//
// Whatever fails leaves the old file under its name, and a crash in between leaves both under a name.

import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import { messageOf } from './files.ts';

export function backupOf(path: string): string {
  return `${path}.bak`;
}

/** `temporary` must be flushed and stand in the same folder as `path`. An older backup is replaced. */
export function swapIn(temporary: string, path: string): Result<null> {
  try {
    renameSync(path, backupOf(path));
  } catch (error) {
    return bad(`${path} stays as it was: ${messageOf(error)}`);
  }
  try {
    renameSync(temporary, path);
    flush(dirname(resolve(path)));
    return good(null);
  } catch (error) {
    renameSync(backupOf(path), path);
    return bad(`${path} was put back as it was: ${messageOf(error)}`);
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
