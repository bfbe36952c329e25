// A simulated disk whose power can fail. What was written since the last sync may be there after it, or not, or in part.
//
//   synced      | a.wsp ~~~~~~~~~~~ |
//   since then    write a.wsp 40..52      kept or dropped; where it lies in two sectors, perhaps one of them
//                 create b.wsp            its name without its content, or with some sectors of it
//                 append log              some sectors of it
//
// As on real disks a sector is written whole or not at all, in any order, and nothing says which.

import { assert } from '../base/assert.ts';
import type { Random } from '../base/random.ts';
import { good, type Result } from '../base/result.ts';
import type { Disk } from '../host/disk.ts';
import type { ByteFile } from '../host/files.ts';
import { makeWorldFiles } from './files.ts';

export interface PowerDisk extends Disk {
  /** What a computer finds that starts after the power has failed now. */
  cut(random: Random): PowerDisk;
}

/** One change that is not synced yet. */
type Change =
  | { readonly kind: 'whole'; readonly path: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'bytes';
      readonly path: string;
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'remove'; readonly path: string };

const SECTOR_BYTES = 512;

type Contents = Map<string, Uint8Array>;

/** `later` runs a sync some time after it was asked for; a power cut before that finds it undone. */
export function makePowerDisk(
  later: (run: () => void) => void,
  synced: Contents = new Map(),
): PowerDisk {
  const files = makeWorldFiles(later);
  for (const [path, bytes] of synced) files.replace(path, bytes);
  /** In the order in which they were made. */
  let changes: { readonly order: number; readonly change: Change }[] = [];
  let order = 0;

  function noted(result: Result<null>, ...made: readonly Change[]): Result<null> {
    if (result.ok) for (const change of made) note(change);
    return result;
  }

  function note(change: Change): void {
    changes.push({ order: order++, change });
  }

  function whole(path: string): Change {
    const bytes = files.readAll(path);
    assert(bytes !== null, `${path} was just written`);
    return { kind: 'whole', path, bytes };
  }

  /** The changes before `end` are on the disk now, those of one path or of all. */
  function settle(end: number, path: string | null): void {
    const isSettled = (each: { order: number; change: Change }): boolean =>
      each.order < end && (path === null || isSyncedWith(each.change, path));
    for (const each of changes) if (isSettled(each)) apply(synced, each.change);
    changes = changes.filter((each) => !isSettled(each));
  }

  return {
    ...files,
    open(path) {
      const file = files.open(path);
      return file && { ...notedFile(file, path, note) };
    },
    create(path, head, sizeBytes) {
      const made = files.create(path, head, sizeBytes);
      return made.ok ? noted(made, whole(path)) : made;
    },
    replace(path, bytes) {
      // Real hosts sync the content before the name moves, so there is no state between.
      const replaced = files.replace(path, bytes);
      if (replaced.ok) apply(synced, whole(path));
      return replaced;
    },
    append(path, bytes) {
      const at = files.open(path)?.sizeBytes() ?? 0;
      return noted(files.append(path, bytes), { kind: 'bytes', path, at, bytes: bytes.slice() });
    },
    remove(path) {
      const isRemoved = files.remove(path);
      if (isRemoved) note({ kind: 'remove', path });
      return isRemoved;
    },
    rename(path, to) {
      const renamed = files.rename(path, to);
      return renamed.ok ? noted(renamed, whole(to), { kind: 'remove', path }) : renamed;
    },
    sync(path, done) {
      const end = order;
      later(() => {
        settle(end, path);
        done(good(null));
      });
    },
    syncAll(done) {
      const end = order;
      later(() => {
        settle(end, null);
        done(good(null));
      });
    },
    cut(random) {
      const found: Contents = new Map(synced);
      for (const { change } of changes) {
        const fate = random.below(3);
        if (fate === 0) apply(found, change);
        if (fate === 1) for (const piece of torn(change, random)) apply(found, piece);
      }
      return makePowerDisk(later, found);
    },
  };
}

function notedFile(file: ByteFile, path: string, note: (change: Change) => void): ByteFile {
  return {
    sizeBytes: () => file.sizeBytes(),
    read: (at, length) => file.read(at, length),
    changedS: () => file.changedS(),
    close: () => file.close(),
    write(at, bytes) {
      const written = file.write(at, bytes);
      if (written.ok) note({ kind: 'bytes', path, at, bytes: bytes.slice() });
      return written;
    },
  };
}

/** A file is synced with its folder, so that files which were removed there are gone. */
function isSyncedWith({ kind, path }: Change, synced: string): boolean {
  if (path === synced) return true;
  return kind === 'remove' && [synced, folderOf(synced)].includes(folderOf(path));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Some sectors of a change. */
function torn(change: Change, random: Random): readonly Change[] {
  if (change.kind === 'remove') return [];
  const at = change.kind === 'whole' ? 0 : change.at;
  const { path, bytes } = change;
  const pieces: Change[] = [];
  if (change.kind === 'whole') {
    const sizeBytes = random.chance(0.5) ? bytes.length : 0;
    pieces.push({ kind: 'whole', path, bytes: new Uint8Array(sizeBytes) });
  }
  for (let start = at; start < at + bytes.length;) {
    const end = Math.min(at + bytes.length, start - (start % SECTOR_BYTES) + SECTOR_BYTES);
    if (random.chance(0.5))
      pieces.push({ kind: 'bytes', path, at: start, bytes: bytes.slice(start - at, end - at) });
    start = end;
  }
  return pieces;
}

function apply(contents: Contents, change: Change): void {
  if (change.kind === 'remove') contents.delete(change.path);
  else if (change.kind === 'whole') contents.set(change.path, change.bytes);
  else {
    const old = contents.get(change.path) ?? new Uint8Array(0);
    const bytes = new Uint8Array(Math.max(old.length, change.at + change.bytes.length));
    bytes.set(old);
    bytes.set(change.bytes, change.at);
    contents.set(change.path, bytes);
  }
}
