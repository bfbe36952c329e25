// The port Files in memory, for tests of core: paths and bytes in one Map.

import { bad, good, type Result } from '../../src/core/base/result.ts';
import type { ByteFile, Entry, Files } from '../../src/core/host/files.ts';

export interface MemoryFiles extends Files {
  readonly contents: Map<string, Uint8Array>;
  /** While not null, everything that writes fails with this sentence. */
  failWith: string | null;
  /** Folders that were listed, in order: how a test sees where a search walked. */
  readonly listed: string[];
}

export function makeMemoryFiles(): MemoryFiles {
  const contents = new Map<string, Uint8Array>();
  const listed: string[] = [];

  function put(path: string, bytes: Uint8Array): Result<null> {
    if (files.failWith !== null) return bad(files.failWith);
    contents.set(path, bytes);
    return good(null);
  }

  function openByteFile(path: string): ByteFile {
    const bytes = (): Uint8Array => contents.get(path) ?? new Uint8Array(0);
    return {
      sizeBytes: () => bytes().length,
      read(at, length, room) {
        const read = bytes().slice(at, at + length);
        if (room === undefined || room.length < length) return read;
        room.set(read);
        return room.subarray(0, read.length);
      },
      write(at, part) {
        if (files.failWith !== null) return bad(files.failWith);
        if (at + part.length > bytes().length)
          return bad(`"${path}" ends before ${at + part.length}.`);
        bytes().set(part, at);
        return good(null);
      },
      changedS: () => null,
      close: () => undefined,
    };
  }

  const files: MemoryFiles = {
    exists: (path) => contents.has(path),
    contents,
    listed,
    failWith: null,
    open: (path) => (contents.has(path) ? openByteFile(path) : null),
    create(path, head, sizeBytes) {
      if (contents.has(path)) return bad(`The file "${path}" exists already.`);
      const bytes = new Uint8Array(sizeBytes);
      bytes.set(head);
      return put(path, bytes);
    },
    readAll: (path) => contents.get(path)?.slice() ?? null,
    replace: (path, bytes) => put(path, bytes.slice()),
    append: (path, bytes) => put(path, Uint8Array.from([...(contents.get(path) ?? []), ...bytes])),
    list(folder) {
      listed.push(folder);
      const above = folder === '' ? '' : `${folder}/`;
      const entries = new Map<string, Entry>();
      for (const path of contents.keys()) {
        if (!path.startsWith(above)) continue;
        const [name = '', ...below] = path.slice(above.length).split('/');
        // A folder and a file may not share a name, as on a disk.
        entries.set(name, { name, isFolder: below.length > 0 });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    remove: (path) => contents.delete(path),
    rename(path, to) {
      const bytes = contents.get(path);
      if (bytes === undefined || contents.has(to)) return bad(`${path} cannot become ${to}.`);
      contents.delete(path);
      return put(to, bytes);
    },
  };
  return files;
}
