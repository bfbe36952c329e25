// What every Files keeps, on a disk or in memory.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { PATH_PART_MAX, type ByteFile, type Files } from '../../src/core/host/files.ts';
import { timesInTier } from '../tools/tier.ts';

export interface FilesPlace {
  readonly files: Files;
  end(): void;
}

const PAGE_BYTES = 4096;
const SEED = 5;
const WRITES_FULL = 4000;
const FILE_BYTES_MAX = 5 * PAGE_BYTES;

const LEAVING = [
  '..',
  '../outside',
  'folder/../../outside',
  './here',
  '/etc/passwd',
  'folder//file',
  'folder/',
  'back\\slash',
  'nul\0byte',
];

export function filesContract(name: string, make: () => FilesPlace): void {
  describe(`files ${name}`, () => {
    let place: FilesPlace;
    let files: Files;
    beforeEach(() => {
      place = make();
      files = place.files;
    });
    afterEach(() => place.end());

    it('have nothing at first', () => {
      expect(files.open('a')).toBeNull();
      expect(files.readAll('folder/a')).toBeNull();
      expect(files.list('')).toEqual([]);
      expect(files.list('folder')).toEqual([]);
      expect(files.remove('a')).toBe(false);
    });

    it('are made with a head, zeros behind it, and the folders above', () => {
      expect(files.create('one/two/file', bytesOf('head'), PAGE_BYTES + 10).ok).toBe(true);
      const made = files.readAll('one/two/file');
      expect(made?.length).toBe(PAGE_BYTES + 10);
      expect(textOf(made?.subarray(0, 5))).toBe('head\0');
      expect(made?.subarray(4).every((byte) => byte === 0)).toBe(true);
      expect(files.list('')).toEqual([{ name: 'one', isFolder: true }]);
      expect(files.list('one/two')).toEqual([{ name: 'file', isFolder: false }]);
    });

    it('are not made over one that exists, but replaced', () => {
      files.create('file', bytesOf('old and long'), 12);
      expect(files.create('file', bytesOf('new'), 3)).toMatchObject({ ok: false });
      expect(textOf(files.readAll('file'))).toBe('old and long');
      expect(files.replace('file', bytesOf('new')).ok).toBe(true);
      expect(textOf(files.readAll('file'))).toBe('new');
      expect(files.replace('folder/file', bytesOf('')).ok).toBe(true);
      expect(textOf(files.readAll('folder/file'))).toBe('');
    });

    it('grow at their end', () => {
      expect(files.append('log/today', bytesOf('one ')).ok).toBe(true);
      expect(files.append('log/today', bytesOf('two')).ok).toBe(true);
      expect(textOf(files.readAll('log/today'))).toBe('one two');
    });

    it('are read and written in place, over their end too', () => {
      files.replace('file', bytesOf('0123456789'));
      const file = opened(files, 'file');
      expect(file.sizeBytes()).toBe(10);
      expect(textOf(file.read(2, 3))).toBe('234');
      expect(textOf(file.read(8, 5))).toBe('89');
      expect(file.read(20, 5).length).toBe(0);
      // What a number in a broken file may ask for.
      expect(textOf(file.read(2, 2 ** 40))).toBe('23456789');
      expect(file.read(20, 2 ** 40).length).toBe(0);
      expect(file.write(4, bytesOf('xy')).ok).toBe(true);
      expect(textOf(file.read(0, 10))).toBe('0123xy6789');
      expect(file.write(12, bytesOf('!')).ok).toBe(true);
      expect(file.sizeBytes()).toBe(13);
      file.close();
      expect(textOf(files.readAll('file'))).toBe('0123xy6789\0\0!');
    });

    it('give and take copies: bytes may be used again at once', () => {
      const bytes = bytesOf('mine');
      files.replace('file', bytes);
      bytes.fill(0);
      files.readAll('file')?.fill(0);
      const file = opened(files, 'file');
      file.read(0, 4).fill(0);
      expect(textOf(file.read(0, 4))).toBe('mine');
      file.close();
    });

    it('stay whole for a reader who opened them before they were replaced or removed', () => {
      files.replace('file', bytesOf('old'));
      const file = opened(files, 'file');
      files.replace('file', bytesOf('newer'));
      expect(textOf(file.read(0, 9))).toBe('old');
      files.remove('file');
      expect(textOf(file.read(0, 9))).toBe('old');
      file.close();
    });

    it('are listed by name, folders among them', () => {
      for (const path of ['b', 'a/x', 'c/y/z', 'B', 'ä']) files.replace(path, bytesOf(path));
      expect(files.list('')).toEqual([
        { name: 'B', isFolder: false },
        { name: 'a', isFolder: true },
        { name: 'b', isFolder: false },
        { name: 'c', isFolder: true },
        { name: 'ä', isFolder: false },
      ]);
      expect(files.list('b')).toEqual([]);
    });

    it('are removed, and their folder stays', () => {
      files.replace('folder/file', bytesOf('x'));
      expect(files.remove('folder/file')).toBe(true);
      expect(files.remove('folder/file')).toBe(false);
      expect(files.readAll('folder/file')).toBeNull();
      expect(files.list('folder')).toEqual([]);
      expect(files.list('')).toEqual([{ name: 'folder', isFolder: true }]);
    });

    it('get another name where there is nothing, and keep what they hold', () => {
      files.replace('folder/old', bytesOf('x'));
      files.replace('taken', bytesOf('y'));
      expect(files.rename('folder/old', 'taken')).toMatchObject({ ok: false });
      expect(files.rename('nothing', 'new')).toMatchObject({ ok: false });
      expect(files.rename('folder/old', '../out')).toMatchObject({ ok: false });
      expect(files.rename('folder/old', 'folder/new')).toEqual({ ok: true, value: null });
      expect([files.exists('folder/old'), files.exists('folder/new')]).toEqual([false, true]);
      expect(textOf(files.readAll('folder/new'))).toBe('x');
      expect(files.list('folder')).toEqual([{ name: 'new', isFolder: false }]);
      expect(textOf(files.readAll('taken'))).toBe('y');
    });

    it('are no folders, and folders are no files', () => {
      files.replace('folder/file', bytesOf('x'));
      expect(files.open('folder')).toBeNull();
      expect([files.exists('folder'), files.exists('folder/file')]).toEqual([false, true]);
      expect(files.readAll('folder')).toBeNull();
      expect(files.remove('folder')).toBe(false);
      expect(files.list('')).toEqual([{ name: 'folder', isFolder: true }]);
      for (const write of [
        files.create('folder', bytesOf('y'), 1),
        files.replace('folder', bytesOf('y')),
        files.append('folder', bytesOf('y')),
        files.create('folder/file/below', bytesOf('y'), 1),
        files.replace('folder/file/below', bytesOf('y')),
        files.append('folder/file/below/deep', bytesOf('y')),
      ])
        expect(write).toMatchObject({ ok: false });
      expect(files.open('folder/file/below')).toBeNull();
      expect(textOf(files.readAll('folder/file'))).toBe('x');
      expect(files.list('folder')).toEqual([{ name: 'file', isFolder: false }]);
    });

    it.each([...LEAVING, 'x'.repeat(PATH_PART_MAX + 1), 'é'.repeat(PATH_PART_MAX - 1)])(
      'stay in their folder: nothing is read or written at %j',
      (path) => {
        expect(files.open(path)).toBeNull();
        expect(files.readAll(path)).toBeNull();
        expect(files.list(path)).toEqual([]);
        expect(files.remove(path)).toBe(false);
        for (const write of [
          files.create(path, bytesOf('x'), 1),
          files.replace(path, bytesOf('x')),
          files.append(path, bytesOf('x')),
        ])
          expect(write).toMatchObject({ ok: false });
        expect(files.list('')).toEqual([]);
      },
    );

    it('have names of any characters else, as long as allowed', () => {
      for (const path of ['x'.repeat(PATH_PART_MAX), 'a b', '…', '..a', 'é'.repeat(100), '-rf']) {
        expect(files.create(path, bytesOf('x'), 1).ok).toBe(true);
        expect(files.replace(path, bytesOf(path)).ok).toBe(true);
        expect(textOf(files.readAll(path))).toBe(path);
      }
    });

    it(`hold what was written, wherever it was written [seed ${SEED}]`, () => {
      const random = makeRandom(SEED);
      files.create('file', bytesOf(''), PAGE_BYTES);
      // The plain model: one array that is always long enough, and its length.
      const model = new Uint8Array(FILE_BYTES_MAX);
      let sizeBytes = PAGE_BYTES;
      const file = opened(files, 'file');
      for (let write = 0; write < timesInTier(WRITES_FULL); write++) {
        const at = random.below(FILE_BYTES_MAX);
        const length = Math.min(FILE_BYTES_MAX - at, random.below(PAGE_BYTES + 20));
        const bytes = new Uint8Array(length).fill(1 + random.below(255));
        file.write(at, bytes);
        model.set(bytes, at);
        if (length > 0) sizeBytes = Math.max(sizeBytes, at + length);
        const from = random.below(FILE_BYTES_MAX);
        const count = 1 + random.below(PAGE_BYTES);
        const wanted = model.subarray(from, Math.max(from, Math.min(from + count, sizeBytes)));
        expect(Buffer.compare(file.read(from, count), wanted)).toBe(0);
        // Room that is too small, as large as asked, or larger.
        const room = new Uint8Array(count - 1 + random.below(3));
        expect(Buffer.compare(file.read(from, count, room), wanted)).toBe(0);
      }
      expect(file.sizeBytes()).toBe(sizeBytes);
      file.close();
      expect(Buffer.compare(wholeOf(files), model.subarray(0, sizeBytes))).toBe(0);
    });
  });
}

function wholeOf(files: Files): Uint8Array {
  return files.readAll('file') ?? new Uint8Array(0);
}

function opened(files: Files, path: string): ByteFile {
  const file = files.open(path);
  if (file === null) throw new Error(`There is no file ${path}.`);
  return file;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function textOf(bytes: Uint8Array | null | undefined): string | null {
  return bytes ? new TextDecoder().decode(bytes) : null;
}
