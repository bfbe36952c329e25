// A simulated disk whose power can fail. What was written since the last sync may be there after it, or not, or in part.
//
//   synced      | a.wsp ~~~~~~~~~~~ |
//   since then    write a.wsp 40..52      kept, dropped, or torn: the first bytes of it
//                 create b.wsp            its name without its content, or with a part of it
//                 append log              a part of it
//
// Real disks promise more: whole sectors, mostly. Who holds against this one holds against them.

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

type Contents = Map<string, Uint8Array>;

/** `later` runs a sync some time after it was asked for; a power cut before that finds it undone. */
export function makePowerDisk(
  later: (run: () => void) => void,
  synced: Contents = new Map(),
): PowerDisk {
  const files = makeWorldFiles(later);
  for (const [path, bytes] of synced) files.replace(path, bytes);
  let changes: Change[] = [];

  function noted(result: Result<null>, ...made: readonly Change[]): Result<null> {
    if (result.ok) changes.push(...made);
    return result;
  }

  function whole(path: string): Change {
    const bytes = files.readAll(path);
    assert(bytes !== null, `${path} was just written`);
    return { kind: 'whole', path, bytes };
  }

  /** The first `count` changes are on the disk now, those of one path or of all. */
  function settle(count: number, path: string | null): void {
    const rest: Change[] = [];
    for (const [order, change] of changes.entries()) {
      if (order < count && (path === null || change.path === path)) apply(synced, change);
      else rest.push(change);
    }
    changes = rest;
  }

  return {
    ...files,
    open(path) {
      const file = files.open(path);
      return file && { ...notedFile(file, path, changesOf) };
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
      if (isRemoved) changes.push({ kind: 'remove', path });
      return isRemoved;
    },
    rename(path, to) {
      const renamed = files.rename(path, to);
      return renamed.ok ? noted(renamed, whole(to), { kind: 'remove', path }) : renamed;
    },
    sync(path, done) {
      const count = changes.length;
      later(() => {
        settle(count, path);
        done(good(null));
      });
    },
    syncAll(done) {
      const count = changes.length;
      later(() => {
        settle(count, null);
        done(good(null));
      });
    },
    cut(random) {
      const found: Contents = new Map(synced);
      for (const change of changes) {
        const fate = random.below(3);
        if (fate === 0) apply(found, change);
        if (fate === 1) apply(found, torn(change, random));
      }
      return makePowerDisk(later, found);
    },
  };

  function changesOf(change: Change): void {
    changes.push(change);
  }
}

function notedFile(file: ByteFile, path: string, note: (change: Change) => void): ByteFile {
  return {
    sizeBytes: () => file.sizeBytes(),
    read: (at, length) => file.read(at, length),
    close: () => file.close(),
    write(at, bytes) {
      const written = file.write(at, bytes);
      if (written.ok) note({ kind: 'bytes', path, at, bytes: bytes.slice() });
      return written;
    },
  };
}

function torn(change: Change, random: Random): Change {
  if (change.kind === 'remove') return change;
  const bytes = change.bytes.slice(0, random.below(change.bytes.length + 1));
  if (change.kind === 'bytes' || random.chance(0.5)) return { ...change, bytes };
  // The file has its size, and behind the part that came there are zeros.
  const padded = new Uint8Array(change.bytes.length);
  padded.set(bytes);
  return { ...change, bytes: padded };
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
