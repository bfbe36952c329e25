// A folder of this machine behind the port of core/host/disk.ts: when its files are safe from a power cut.

import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bad, good } from '../core/base/result.ts';
import type { Disk } from '../core/host/disk.ts';
import { makeNodeFiles, messageOf } from './files.ts';

export function makeNodeDisk(root: string): Disk {
  return {
    ...makeNodeFiles(root),
    sync(path, done) {
      const place = join(root, path);
      // The name of a new file stands in its folder, which has to be on the disk too.
      syncOne(place)
        .then(() => syncOne(dirname(place)))
        .then(
          () => done(good(null)),
          (error: unknown) => done(bad(`Syncing ${path} failed: ${messageOf(error)}`)),
        );
    },
    syncAll(done) {
      // Node has no call for it: the program of the GNU coreutils syncs the one file system, that of macOS all.
      const args = process.platform === 'linux' ? ['-f', root] : [];
      execFile('sync', args, (error) =>
        done(
          error ? bad(`Syncing the disk of ${root} failed: ${error.message.trim()}`) : good(null),
        ),
      );
    },
  };
}

async function syncOne(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
