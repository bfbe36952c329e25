import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mendAfterCrash } from '../../src/core/carbon/mend.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { makeWorldFiles } from '../../src/core/world/files.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { filesContract } from './files.ts';

filesContract('on a disk', () => {
  const above = mkdtempSync(join(tmpdir(), 'stacklab-files-'));
  mkdirSync(join(above, 'root'));
  return {
    files: makeNodeFiles(join(above, 'root')),
    end() {
      // Whatever a test tried, nothing may stand beside the folder.
      const beside = readdirSync(above);
      rmSync(above, { recursive: true });
      expect(beside).toEqual(['root']);
    },
  };
});

filesContract('of the simulated world', () => ({
  files: makeWorldFiles((run) => run()),
  end: () => undefined,
}));

const NOBODY = 65_534;

// It is Linux that asks the owner only.
describe.skipIf(process.platform !== 'linux')('files on a disk, when they are read', () => {
  it('keep the time when they were read before', () => {
    const root = mkdtempSync(join(tmpdir(), 'stacklab-files-'));
    const files = makeNodeFiles(root);
    files.replace('a.wsp', Uint8Array.of(7));
    utimesSync(join(root, 'a.wsp'), 1000, 2000);
    const file = files.open('a.wsp');
    expect(file?.read(0, 1)).toHaveLength(1);
    file?.close();
    expect(statSync(join(root, 'a.wsp')).atimeMs).toBe(1_000_000);
    rmSync(root, { recursive: true });
  });

  // Only root can make a file of somebody else.
  it.skipIf(process.geteuid?.() !== 0)('may belong to somebody else', () => {
    const root = mkdtempSync(join(tmpdir(), 'stacklab-files-'));
    chmodSync(root, 0o755);
    const files = makeNodeFiles(root);
    files.replace('a.wsp', Uint8Array.of(7));
    chmodSync(join(root, 'a.wsp'), 0o666);
    process.seteuid?.(NOBODY);
    try {
      const file = files.open('a.wsp');
      expect(file?.write(0, Uint8Array.of(8))).toMatchObject({ ok: true });
      file?.close();
    } finally {
      process.seteuid?.(0);
    }
    expect([...(files.readAll('a.wsp') ?? [])]).toEqual([8]);
    rmSync(root, { recursive: true });
  });
});

describe('files on a disk, opened to be read only', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stacklab-files-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('show what is there, and take no folder for a file', () => {
    makeNodeFiles(root).replace('a.wsp/b', Uint8Array.of(7));
    const files = makeNodeFiles(root, 'r');
    expect(files.open('a.wsp')).toBeNull();
    const file = files.open('a.wsp/b');
    expect([...(file?.read(0, 1) ?? [])]).toEqual([7]);
    expect(file?.write(0, Uint8Array.of(8))).toMatchObject({ ok: false });
    file?.close();
    expect(files.remove('a.wsp')).toBe(false);
  });
});

it('a link to itself is no file, and to open it is refused in words', () => {
  const root = mkdtempSync(join(tmpdir(), 'stacklab-files-'));
  symlinkSync('loop.wsp', join(root, 'loop.wsp'));
  const files = makeNodeFiles(root);
  expect(files.exists('loop.wsp')).toBe(false);
  expect(openWhisper(files, 'loop.wsp')).toMatchObject({ ok: false, notWritten: 'refused' });
  expect(mendAfterCrash(files, 'loop.wsp')).toMatchObject({ ok: false, notWritten: 'refused' });
  rmSync(root, { recursive: true });
});

describe('the simulated disk, when it is full', () => {
  it('makes no file and says why, and takes bytes again when there is room', () => {
    const files = makeWorldFiles((run) => run());
    files.setFreeBytes(0);
    expect(files.create('a/b', Uint8Array.of(1), 1)).toMatchObject({ ok: false });
    expect(files.open('a/b')).toBeNull();
    expect(files.list('')).toEqual([]);
    files.setFreeBytes(10_000);
    expect(files.create('a/b', Uint8Array.of(1), 1).ok).toBe(true);
  });

  it('leaves the bytes of a file as they were when one more does not fit', () => {
    const files = makeWorldFiles((run) => run());
    files.replace('log', Uint8Array.of(1, 2, 3));
    files.setFreeBytes(0);
    expect(files.replace('log', Uint8Array.of(9))).toMatchObject({ ok: false });
    expect(files.readAll('log')).toEqual(Uint8Array.of(1, 2, 3));
    // Room in the page that it has already.
    expect(files.append('log', Uint8Array.of(4)).ok).toBe(true);
    expect(files.append('log', new Uint8Array(5000))).toMatchObject({ ok: false });
    expect(files.readAll('log')).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it('gives back the room of what is removed or replaced', () => {
    const files = makeWorldFiles((run) => run());
    files.setFreeBytes(4096);
    for (let turn = 0; turn < 3; turn++) {
      expect(files.replace('a', Uint8Array.of(turn)).ok).toBe(true);
      expect(files.remove('a')).toBe(true);
    }
  });
});
