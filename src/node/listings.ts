// What folders hold, remembered: a search for metrics looks into hundreds of them, again and again.
//
//   folder --stat--> changed since it was listed?  no: the list of then   yes: listed again
//
// Nothing has to be told of new files, whoever makes them: a folder's own time changes with them.

import { readdirSync, statSync } from 'node:fs';
import type { Entry } from '../core/host/files.ts';
import { isMissing } from './open-file.ts';

/** Names that are remembered in all folders together: some 100 MB. Then all are forgotten. */
export const NAMES_REMEMBERED_MAX = 1_000_000;
/** The kernel's clock stands still for some milliseconds: a folder that young may change again without a new time. */
const SETTLED_MS = 100;

interface Listing {
  readonly changedMs: number;
  readonly inode: number;
  readonly entries: readonly Entry[];
}

/** Lists a folder, sorted by name; empty when there is none. */
export function makeListings(): (folder: string) => readonly Entry[] {
  const listings = new Map<string, Listing>();
  let names = 0;

  function forget(folder: string): void {
    names -= listings.get(folder)?.entries.length ?? 0;
    listings.delete(folder);
  }

  return (folder) => {
    try {
      const stat = statSync(folder, { throwIfNoEntry: false });
      const known = listings.get(folder);
      if (known && known.changedMs === stat?.ctimeMs && known.inode === stat.ino)
        return known.entries;
      forget(folder);
      if (!stat) return [];
      const entries = readdirSync(folder, { withFileTypes: true })
        .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
      if (Date.now() - stat.ctimeMs < SETTLED_MS) return entries;
      if (names + entries.length > NAMES_REMEMBERED_MAX) {
        listings.clear();
        names = 0;
      }
      listings.set(folder, { changedMs: stat.ctimeMs, inode: stat.ino, entries });
      names += entries.length;
      return entries;
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };
}
