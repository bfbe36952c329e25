// The folders where lines wait for Carbon. Each has one owner: two would take each other's files away.

import { bad, good, type Result } from '../core/base/result.ts';
import type { WriteGraphiteNode } from '../core/collect/write-graphite-config.ts';
import type { Disk } from '../core/host/disk.ts';
import { makeNodeDisk } from './disk.ts';
import { takeLock } from './lock.ts';

export interface Spools {
  spoolOf(folder: string): Disk;
  /** Gives the folders back. */
  close(): void;
}

/** Takes the folders of all nodes, and makes those that are not there. */
export function openSpools(nodes: readonly WriteGraphiteNode[]): Result<Spools> {
  const unlocks: (() => void)[] = [];
  const close = (): void => {
    for (const unlock of unlocks) unlock();
  };
  for (const { spool } of nodes) {
    if (spool === '') continue;
    const lock = takeLock(
      spool,
      (pid) =>
        `The Spool "${spool}" is used by another collector (process ${pid}). Stop that one first, or name another folder.`,
    );
    if (!lock.ok) {
      close();
      return bad(lock.why);
    }
    unlocks.push(lock.value);
  }
  return good({ spoolOf: makeNodeDisk, close });
}
