// The port Files on a real folder, as plainly as it can be done: for tests beside the real programs.

import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bad, good } from '../../src/core/base/result.ts';
import type { ByteFile, Files } from '../../src/core/host/files.ts';

export function makeDiskFiles(root: string): Files {
  const at = (path: string): string => join(root, path);

  function makeFolders(path: string): void {
    mkdirSync(dirname(at(path)), { recursive: true });
  }

  function replace(path: string, write: (temporary: string) => void): void {
    makeFolders(path);
    const temporary = at(`${path}.tmp`);
    write(temporary);
    renameSync(temporary, at(path));
  }

  return {
    exists: (path) => existsSync(at(path)),
    open: (path) => (existsSync(at(path)) ? openByteFile(at(path)) : null),
    create(path, head, sizeBytes) {
      if (existsSync(at(path))) return bad(`The file "${path}" exists already.`);
      replace(path, (temporary) => {
        const handle = openSync(temporary, 'w');
        writeSync(handle, head);
        ftruncateSync(handle, sizeBytes);
        closeSync(handle);
      });
      return good(null);
    },
    readAll: (path) => (existsSync(at(path)) ? new Uint8Array(readFileSync(at(path))) : null),
    replace(path, bytes) {
      replace(path, (temporary) => writeFileSync(temporary, bytes));
      return good(null);
    },
    append(path, bytes) {
      makeFolders(path);
      appendFileSync(at(path), bytes);
      return good(null);
    },
    list(folder) {
      if (!existsSync(at(folder))) return [];
      return readdirSync(at(folder), { withFileTypes: true })
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    rename(path, to) {
      if (existsSync(at(to))) return bad(`The file ${to} exists already.`);
      renameSync(at(path), at(to));
      return good(null);
    },
    remove(path) {
      const existed = existsSync(at(path));
      rmSync(at(path), { force: true });
      return existed;
    },
  };
}

function openByteFile(path: string): ByteFile {
  const handle = openSync(path, 'r+');
  return {
    sizeBytes: () => fstatSync(handle).size,
    read(at, length) {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(handle, bytes, 0, length, at));
    },
    write(at, bytes) {
      writeSync(handle, bytes, 0, bytes.length, at);
      return good(null);
    },
    changedS: () => fstatSync(handle).mtimeMs / 1000,
    close: () => closeSync(handle),
  };
}
