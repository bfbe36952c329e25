// How full file systems are, when some of them do not answer.

import type { StatsFs } from 'node:fs';
import { setImmediate as tick } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { FileSystemsAnswer } from '../../src/core/host/sensors.ts';
import { makeFileSystemsAsker, STATFS_CALLS_MAX } from '../../src/node/file-systems.ts';

const STAT = { bsize: 10, blocks: 10, bfree: 5, bavail: 4, files: 9, ffree: 3 } as StatsFs;

/** Mounts of which those in `hanging` answer when they are let go. */
function makePlace(names: readonly string[], hanging: readonly string[]) {
  const calls: string[] = [];
  const letGo = new Map<string, () => void>();
  const statfs = (path: string): Promise<StatsFs> => {
    calls.push(path);
    if (!hanging.includes(path)) return Promise.resolve(STAT);
    return new Promise((resolve) => letGo.set(path, () => resolve(STAT)));
  };
  const mounts = names.map((mount) => ({ mount, device: mount, type: 'ext4' }));
  const asker = makeFileSystemsAsker(() => mounts, statfs);
  const ask = async (timeoutMs = 20): Promise<readonly [string, string]> => {
    const answer = await new Promise<FileSystemsAnswer>((resolve) =>
      asker({ timeoutMs, wants: ({ mount }) => mount !== 'unwanted' }, resolve),
    );
    const found = answer.fileSystems?.map(({ mount }) => mount) ?? ['null'];
    return [found.join(' '), answer.silent.join(' ')];
  };
  return { calls, letGo, ask };
}

it('leaves out who does not answer, and asks it again only once it has answered', async () => {
  const { calls, letGo, ask } = makePlace(['a', 'b', 'c', 'unwanted', 'd', 'e'], ['b']);
  expect(await ask()).toEqual(['a c d e', 'b']);
  expect(await ask()).toEqual(['a c d e', 'b']);
  expect(calls.filter((path) => path === 'b')).toHaveLength(1);
  expect(calls).not.toContain('unwanted');
  letGo.get('b')?.();
  await tick();
  const next = ask();
  letGo.get('b')?.();
  expect(await next).toEqual(['a b c d e', '']);
});

it('never holds more threads than it may, and says that the rest was not asked', async () => {
  const { calls, ask } = makePlace(['a', 'b', 'c', 'd', 'e'], ['b', 'c', 'd']);
  expect(await ask()).toEqual(['a', 'b c d e']);
  expect(await ask()).toEqual(['', 'a b c d e']);
  expect(calls).toHaveLength(1 + STATFS_CALLS_MAX);
});

it('tells what a file system has in bytes, and leaves out one that cannot be asked', async () => {
  const statfs = (path: string): Promise<StatsFs> =>
    path === 'gone' ? Promise.reject(new Error('ENOENT')) : Promise.resolve(STAT);
  const mounts = ['here', 'gone'].map((mount) => ({ mount, device: mount, type: 'ext4' }));
  const ask = makeFileSystemsAsker(() => mounts, statfs);
  const answer = await new Promise((resolve) =>
    ask({ timeoutMs: 1000, wants: () => true }, resolve),
  );
  expect(answer).toEqual({
    fileSystems: [
      {
        ...mounts[0],
        free: 40,
        reserved: 10,
        used: 50,
        inodes: { free: 3, reserved: 0, used: 6 },
      },
    ],
    silent: [],
  });
});

it('has no answer where the mounts are not told', async () => {
  const ask = makeFileSystemsAsker(() => null);
  const answer = await new Promise((resolve) => ask({ timeoutMs: 20, wants: () => true }, resolve));
  expect(answer).toEqual({ fileSystems: null, silent: [] });
});
