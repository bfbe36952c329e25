// The port to a disk, for the one process that owns a folder: files, and when they are safe from a power cut.

import type { Result } from '../base/result.ts';
import type { Files } from './files.ts';

export interface Disk extends Files {
  /**
   * Brings what was written to one file to the disk itself, and what changed in its folder; or, for a folder, what changed
   * in it. `done` is called later.
   */
  sync(path: string, done: Synced): void;
  /** The same for everything that was written to the file system of this folder before this call. */
  syncAll(done: Synced): void;
}

export type Synced = (result: Result<null>) => void;
