// Opening files: to make one, to change one, or only to read it.

import { closeSync, constants, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Its folder is made when it is missing: nearly always it is there. */
export function openNew(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'w');
  }
}

/** Null where no file is. With access 'r' it cannot be written. */
export function openOrNull(path: string | null, access: 'r' | 'r+'): number | null {
  if (path === null) return null;
  try {
    const handle = access === 'r+' ? openQuietly(path) : openSync(path, access);
    // To be written, the system opens no folder; to be read, it does.
    if (access === 'r+' || fstatSync(handle).isFile()) return handle;
    closeSync(handle);
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Linux notes when a file was last read, and so each read behind a write would change the file once more, on the disk too.
 * Only its owner may ask for silence, as who writes it mostly is.
 */
function openQuietly(path: string): number {
  try {
    return openSync(path, CHANGE_QUIETLY);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
    return openSync(path, 'r+');
  }
}

/** Other systems do not have the second flag. */
const CHANGE_QUIETLY = constants.O_RDWR | (constants.O_NOATIME ?? 0);

/** Whether the error says that there is no file: nothing, or a folder, or a file in place of a folder. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR';
}
