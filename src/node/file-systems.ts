// How full each file system is, asked so that one whose server is away cannot stop the collector.
//
//   mounts --at most 3 at a time--> statfs --in time--> readings
//                                      '--not--> silent: not asked again before it has answered

import { promises, type StatsFs } from 'node:fs';
import type {
  FileSystemReading,
  FileSystemsAnswer,
  FileSystemsRequest,
  Mount,
} from '../core/host/sensors.ts';

/** Mounts looked at in one reading; a machine with more of them has a container engine. */
export const FILE_SYSTEMS_MAX = 64;

/**
 * Node has four threads for all calls of this kind, and one that hangs holds its thread until the system lets go. The fourth
 * stays for what else reads files or looks up names. When three hang, no other mount is asked.
 */
export const STATFS_CALLS_MAX = 3;

type Statfs = (path: string) => Promise<StatsFs>;

export type AskFileSystems = (
  request: FileSystemsRequest,
  done: (answer: FileSystemsAnswer) => void,
) => void;

/** `readMounts` gives null where they are not told. */
export function makeFileSystemsAsker(
  readMounts: () => readonly Mount[] | null,
  statfs: Statfs = promises.statfs,
): AskFileSystems {
  /** Places that were asked and have not answered, of this reading and of those before. */
  const asked = new Set<string>();

  return ({ timeoutMs, wants }, done) => {
    const mounts = readMounts()?.filter(wants).slice(0, FILE_SYSTEMS_MAX) ?? null;
    if (mounts === null) return done({ fileSystems: null, silent: [] });
    const waiting = mounts.filter(({ mount }) => !asked.has(mount));
    const readings = new Map<string, FileSystemReading | null>();
    let calls = 0;
    let isDone = false;
    const timer = setTimeout(settle, timeoutMs);
    next();

    function next(): void {
      while (!isDone && asked.size < STATFS_CALLS_MAX) {
        const mount = waiting.shift();
        if (mount === undefined) break;
        ask(mount);
      }
      if (calls === 0) settle();
    }

    function ask(mount: Mount): void {
      asked.add(mount.mount);
      calls++;
      statfs(mount.mount)
        .then(
          (stat) => readings.set(mount.mount, readingOf(mount, stat)),
          // Unreadable for this user, or gone since the list was made.
          () => readings.set(mount.mount, null),
        )
        .finally(() => {
          asked.delete(mount.mount);
          calls--;
          next();
        });
    }

    function settle(): void {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      const places = mounts?.map(({ mount }) => mount) ?? [];
      done({
        fileSystems: places.flatMap((place) => readings.get(place) ?? []),
        silent: places.filter((place) => !readings.has(place)),
      });
    }
  };
}

function readingOf(mount: Mount, stat: StatsFs): FileSystemReading {
  return {
    ...mount,
    free: stat.bavail * stat.bsize,
    reserved: (stat.bfree - stat.bavail) * stat.bsize,
    used: (stat.blocks - stat.bfree) * stat.bsize,
    // Linux keeps no files back for root.
    inodes: { free: stat.ffree, reserved: 0, used: stat.files - stat.ffree },
  };
}
