// Real files below one folder, behind the port of core/host/files.ts.

import {
  appendFileSync,
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  ftruncateSync,
  mkdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import {
  checkPath,
  notWritten,
  type ByteFile,
  type Files,
  type NotWritten,
} from '../core/host/files.ts';
import { makeListings } from './listings.ts';
import { isMissing, openNew, openOrNull } from './open-file.ts';

/** Asking for the size of a file costs as much as a short read, so that is done before long ones only. */
const READ_UNMEASURED_BYTES_MAX = 65_536;

/** With access 'r', files are opened to be read only, as a process must that does not own the tree. */
export function makeNodeFiles(root: string, access: 'r' | 'r+' = 'r+'): Files {
  const listings = makeListings();
  /** Null for a path that would leave the folder: there is nothing at it. */
  const place = (path: string): string | null => (checkPath(path).ok ? `${root}/${path}` : null);

  // Written beside its name, then renamed: nobody ever sees half a file. What takes the place of another is synced first,
  // so that not even a power cut leaves neither.
  function putWhole(
    path: string,
    bytes: Uint8Array,
    sizeBytes: number,
    isNew: boolean,
  ): Result<null> {
    const checked = checkPath(path);
    if (!checked.ok) return checked;
    const target = join(root, path);
    const temporary = `${target}.tmp`;
    try {
      const handle = openNew(temporary);
      try {
        writeAll(handle, bytes, bytes.length, 0);
        if (sizeBytes > bytes.length) ftruncateSync(handle, sizeBytes);
        if (!isNew) fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, target);
      return good(null);
    } catch (error) {
      removeIfThere(temporary);
      return writingFailed(path, error);
    }
  }

  return {
    exists(path) {
      const target = place(path);
      return target !== null && isFile(target);
    },
    open(path) {
      const handle = openOrNull(place(path), access);
      return handle === null ? null : byteFile(handle, path);
    },
    create(path, head, sizeBytes) {
      const checked = checkPath(path);
      if (!checked.ok) return checked;
      if (!isFile(join(root, path))) return putWhole(path, head, sizeBytes, true);
      return bad(`The file ${path} exists already.`);
    },
    readAll(path) {
      const target = place(path);
      if (target === null) return null;
      try {
        return readFileSync(target);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    replace: (path, bytes) => putWhole(path, bytes, bytes.length, false),
    append(path, bytes) {
      const checked = checkPath(path);
      if (!checked.ok) return checked;
      try {
        const target = join(root, path);
        mkdirSync(dirname(target), { recursive: true });
        appendFileSync(target, bytes);
        return good(null);
      } catch (error) {
        return writingFailed(path, error);
      }
    },
    list(folder) {
      const target = folder === '' ? root : place(folder);
      return target === null ? [] : listings(target);
    },
    remove(path) {
      const target = place(path);
      const handle = openOrNull(target, access);
      if (target === null || handle === null) return false;
      closeSync(handle);
      rmSync(target);
      return true;
    },
    rename(path, to) {
      const [from, target] = [place(path), place(to)];
      if (from === null || target === null) return bad(`${path} cannot become ${to}.`);
      try {
        // A link fails where something is; renaming would take its place.
        linkSync(from, target);
        rmSync(from);
        return good(null);
      } catch (error) {
        return bad(`Renaming ${path} to ${to} failed: ${messageOf(error)}`);
      }
    },
  };
}

function byteFile(handle: number, path: string): ByteFile {
  return {
    sizeBytes: () => fstatSync(handle).size,
    read(at, asked, room) {
      // A number in a broken file may ask for far more than there is: the room for it is not made.
      const length =
        asked > READ_UNMEASURED_BYTES_MAX
          ? Math.min(asked, Math.max(0, fstatSync(handle).size - at))
          : asked;
      // Of a pool: bytes of their own cost more than reading a few points.
      const bytes: Uint8Array =
        room !== undefined && room.length >= length
          ? room.subarray(0, length)
          : Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const count = readSync(handle, bytes, done, length - done, at + done);
        if (count === 0) break;
        done += count;
      }
      return done < length ? bytes.subarray(0, done) : bytes;
    },
    write(at, bytes) {
      try {
        writeAll(handle, movedOut(bytes), bytes.length, at);
        return good(null);
      } catch (error) {
        return writingFailed(path, error);
      }
    },
    changedS: () => fstatSync(handle).mtimeMs / 1000,
    close: () => closeSync(handle),
  };
}

/**
 * Small arrays lie in the heap of the engine, which moves them out when the system is to read them: dearer than a copy.
 * The copy stands at the beginning of what is returned, and is good until the next call.
 */
function movedOut(bytes: Uint8Array): Uint8Array {
  if (bytes.length > OUTSIDE.length) return bytes;
  OUTSIDE.set(bytes);
  return OUTSIDE;
}

const OUTSIDE = Buffer.allocUnsafeSlow(64);

/** What the system does not let us look at is no file for us: who opens or makes it hears why. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** The first `length` of the bytes. */
function writeAll(handle: number, bytes: Uint8Array, length: number, at: number): void {
  let done = 0;
  while (done < length) done += writeSync(handle, bytes, done, length - done, at + done);
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing was written: a file stands where a folder of this path should be.
  }
}

function writingFailed(path: string, error: unknown): NotWritten {
  const isFull =
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return notWritten(`Writing ${path} failed: ${messageOf(error)}`, isFull ? 'full' : 'refused');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
