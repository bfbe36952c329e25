// Files in memory. A file of zeros costs nothing: only pages that were written exist.

import { bad, good, type Result } from '../base/result.ts';
import type { Disk } from '../host/disk.ts';
import { checkPath, notWritten, type ByteFile, type Entry } from '../host/files.ts';

export interface WorldFiles extends Disk {
  /** Bytes that may still be written before the disk is full; Infinity is the start. */
  setFreeBytes(bytes: number): void;
  /** Every file in the order of its path, for a digest or a checkpoint. */
  snapshot(): readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Bytes of the pages that exist. */
  usedBytes(): number;
}

const PAGE_BYTES = 4096;

/** Open at any time, since nothing is different from one opening to the next. */
interface StoredFile extends ByteFile {
  length: number;
  readonly pages: Map<number, Uint8Array>;
}

/** `later` runs what is asked of the disk, after the call that asks. */
export function makeWorldFiles(later: (run: () => void) => void): WorldFiles {
  const stored = new Map<string, StoredFile>();
  const folders = new Map<string, Map<string, boolean>>();
  let freeBytes = Infinity;

  function put(path: string, bytes: Uint8Array, sizeBytes: number): Result<null> {
    const checked = checkPath(path);
    if (!checked.ok) return checked;
    if (folders.has(path)) return notWritten(`There is a folder at ${path}.`, 'refused');
    const fileAbove = foldersAbove(path).find((folder) => stored.has(folder));
    if (fileAbove !== undefined)
      return notWritten(`${fileAbove} is a file, so ${path} cannot be below it.`, 'refused');
    const file = makeFile(sizeBytes, takeBytes);
    const written = writePages(file, 0, bytes, takeBytes);
    if (!written.ok) {
      giveBytes(file);
      return written;
    }
    giveBytes(stored.get(path));
    stored.set(path, file);
    enterFolders(path);
    return good(null);
  }

  function takeBytes(count: number): boolean {
    if (count > freeBytes) return false;
    freeBytes -= count;
    return true;
  }

  function giveBytes(file: StoredFile | undefined): void {
    if (file !== undefined) freeBytes += file.pages.size * PAGE_BYTES;
  }

  function enterFolders(path: string): void {
    const parts = path.split('/');
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const folder = parts.slice(0, depth).join('/');
      const names = folders.get(folder) ?? new Map<string, boolean>();
      const isKnown = names.has(parts[depth] ?? '');
      names.set(parts[depth] ?? '', depth < parts.length - 1);
      folders.set(folder, names);
      if (isKnown) return;
    }
  }

  function leaveFolder(path: string): void {
    folders
      .get(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
      ?.delete(path.slice(path.lastIndexOf('/') + 1));
  }

  return {
    exists: (path) => stored.has(path),
    open: (path) => stored.get(path) ?? null,
    create(path, head, sizeBytes) {
      if (stored.has(path)) return bad(`The file ${path} exists already.`);
      return put(path, head, sizeBytes);
    },
    readAll(path) {
      const file = stored.get(path);
      return file === undefined ? null : readPages(file, 0, file.length);
    },
    replace: (path, bytes) => put(path, bytes, bytes.length),
    append(path, bytes) {
      const file = stored.get(path);
      if (file === undefined) return put(path, bytes, bytes.length);
      return writeAt(file, file.length, bytes, takeBytes);
    },
    list(folder) {
      const names = folders.get(folder) ?? new Map<string, boolean>();
      return [...names]
        .map(([name, isFolder]): Entry => ({ name, isFolder }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
    },
    remove(path) {
      if (!stored.has(path)) return false;
      giveBytes(stored.get(path));
      leaveFolder(path);
      return stored.delete(path);
    },
    rename(path, to) {
      const checked = checkPath(to);
      const file = stored.get(path);
      if (!checked.ok) return checked;
      if (file === undefined) return bad(`There is no file ${path}.`);
      if (stored.has(to) || folders.has(to)) return bad(`The file ${to} exists already.`);
      stored.delete(path);
      leaveFolder(path);
      stored.set(to, file);
      enterFolders(to);
      return good(null);
    },
    sync: (_, done) => later(() => done(good(null))),
    syncAll: (done) => later(() => done(good(null))),
    setFreeBytes(bytes) {
      freeBytes = bytes;
    },
    snapshot: () =>
      [...stored]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([path, file]) => ({ path, bytes: readPages(file, 0, file.length) })),
    usedBytes: () =>
      [...stored.values()].reduce((sum, file) => sum + file.pages.size * PAGE_BYTES, 0),
  };
}

function makeFile(length: number, takeBytes: (count: number) => boolean): StoredFile {
  const file: StoredFile = {
    length,
    pages: new Map(),
    sizeBytes: () => file.length,
    read: (at, count) => readPages(file, at, Math.min(count, file.length - at)),
    write: (at, bytes) => writeAt(file, at, bytes, takeBytes),
    changedS: () => null,
    close() {},
  };
  return file;
}

/** Every folder that `path` is in, the root not among them. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The file grows only when all of it is on the disk. */
function writeAt(
  file: StoredFile,
  at: number,
  bytes: Uint8Array,
  takeBytes: (count: number) => boolean,
): Result<null> {
  const written = writePages(file, at, bytes, takeBytes);
  if (written.ok && bytes.length > 0) file.length = Math.max(file.length, at + bytes.length);
  return written;
}

function readPages(file: StoredFile, at: number, length: number): Uint8Array {
  // Most of what is read or written is a few points, which lie in one page.
  const only = pageAround(file, at, length);
  const bytes = new Uint8Array(Math.max(0, length));
  if (only !== null) {
    const from = at % PAGE_BYTES;
    for (let i = 0; i < length; i++) bytes[i] = only[from + i] ?? 0;
    return bytes;
  }
  forEachPage(at, bytes.length, (page, from, start, end) => {
    const source = file.pages.get(page);
    if (source) bytes.set(source.subarray(from, from + end - start), start);
  });
  return bytes;
}

function writePages(
  file: StoredFile,
  at: number,
  bytes: Uint8Array,
  takeBytes: (count: number) => boolean,
): Result<null> {
  const only = pageAround(file, at, bytes.length);
  if (only !== null) {
    only.set(bytes, at % PAGE_BYTES);
    return good(null);
  }
  let isFull = false;
  forEachPage(at, bytes.length, (page, from, start, end) => {
    let target = file.pages.get(page);
    if (target === undefined && !isFull) {
      if (takeBytes(PAGE_BYTES)) {
        target = new Uint8Array(PAGE_BYTES);
        file.pages.set(page, target);
      } else isFull = true;
    }
    target?.set(bytes.subarray(start, end), from);
  });
  return isFull ? notWritten('No space left on the disk.', 'full') : good(null);
}

/** The page that holds all of [at, at + length); null when there is no one such page. */
function pageAround(file: StoredFile, at: number, length: number): Uint8Array | null {
  if (length <= 0 || (at % PAGE_BYTES) + length > PAGE_BYTES) return null;
  return file.pages.get(Math.floor(at / PAGE_BYTES)) ?? null;
}

/** Calls `use` for each page that [at, at + length) touches: page, place in it, and range of the whole. */
function forEachPage(
  at: number,
  length: number,
  use: (page: number, from: number, start: number, end: number) => void,
): void {
  for (let done = 0; done < length;) {
    const page = Math.floor((at + done) / PAGE_BYTES);
    const from = at + done - page * PAGE_BYTES;
    const end = Math.min(length, done + PAGE_BYTES - from);
    use(page, from, done, end);
    done = end;
  }
}
