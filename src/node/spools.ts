// The folders where lines wait for Carbon. Each has one owner: two would take each other's files away.

import { bad, good, type Result } from '../core/base/result.ts';
import type { Disk } from '../core/host/disk.ts';
import { makeNodeDisk } from './disk.ts';
import { takeLock } from './lock.ts';

export interface Spools {
  spoolOf(folder: string): Disk;
  /** Gives the folders back. */
  close(): void;
}

/** Takes the folders, and makes those that are not there; "" is none. */
export function openSpools(folders: readonly string[]): Result<Spools> {
  const unlocks: (() => void)[] = [];
  const close = (): void => {
    for (const unlock of unlocks) unlock();
  };
  for (const folder of folders) {
    if (folder === '') continue;
    const lock = takeLock(
      folder,
      (pid) =>
        `The spool "${folder}" is used by another process (${pid}). Stop that one first, or name another folder.`,
    );
    if (!lock.ok) {
      close();
      return bad(lock.why);
    }
    unlocks.push(lock.value);
  }
  return good({ spoolOf: makeNodeDisk, close });
}
