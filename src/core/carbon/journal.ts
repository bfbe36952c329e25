// What was accepted and may not be in the files yet, so that a killed process or a power cut loses nothing.
//
//   <state>/journal/00000007.log            a segment: what arrived in one stretch of time
//
//   +----------+----------+---------+------------------+-------------------+--
//   | length   | CRC-32   | kind u8 | received f64     | the bytes as they | next
//   | u32      | u32      |         | s since 1970     | were received     | record
//   +----------+----------+---------+------------------+-------------------+--
//              '- of all that follows in this record, `length` bytes; big-endian
//
// A segment may go when all its points are written and the disk of the Whisper files has been synced since. At the next
// start the segments that are left are read again, in order: writing a point twice leaves what writing it once leaves.

import { f64At, partOf, putF64, putU32, u32At } from '../base/bytes.ts';
import { crc32 } from '../base/crc32.ts';
import { good, type Result } from '../base/result.ts';
import type { Disk } from '../host/disk.ts';
import type { Log } from '../host/log.ts';

/** How `bytes` are to be read again. */
export type Kind = 'lines' | 'packet' | 'pickle';
const KINDS: readonly Kind[] = ['lines', 'packet', 'pickle'];

export interface Journal {
  /** Keeps what was received. It is in the file after `write`, and on the disk some time after that. */
  add(kind: Kind, bytes: Uint8Array, receivedS: number): void;
  /** Writes what was added. Fails when the disk does not take it: then it is kept, for another try. */
  write(): Result<null>;
  /** Begins to bring what was written to the disk, unless that is being done or needless; `done` when all of it is there. */
  sync(done: () => void): void;
  /** Gives all records of earlier runs, oldest first, and before each segment its number. */
  replay(begin: (segment: number) => void, take: TakeRecord): void;
  /** Begins the next segment when the present one is long or old enough by the steady clock; its number, or null. */
  turnOver(steadyMs: number): number | null;
  /** Removes the segments before `segment`, one after the other. */
  removeBefore(segment: number, done: () => void): void;
  /** Number of the segment that is being written. */
  segment(): number;
  /** Whether there are segments before `segment`. */
  hasBefore(segment: number): boolean;
  /** Bytes of all segments, and of what waits to be written. */
  sizeBytes(): number;
}

/** CRC-32, from 0 to 2^32 - 1. */
export type Checksum = (bytes: Uint8Array) => number;

export type TakeRecord = (kind: Kind, bytes: Uint8Array, receivedS: number) => void;

export const JOURNAL_FOLDER = 'journal';
/** A segment that is longer, or older and not empty, is ended. */
export const SEGMENT_BYTES_MAX = 16 * 1024 * 1024;
export const SEGMENT_MS_MAX = 60_000;
/** When more is added, what is there is written first. */
const PENDING_BYTES_MAX = 256 * 1024;
/** Longer records are not of our making. */
export const RECORD_BYTES_MAX = 64 * 1024 * 1024;
const PREFIX_BYTES = 8;
const HEAD_BYTES = PREFIX_BYTES + 9;

export function makeJournal(
  disk: Disk,
  log: Log,
  startMs: number,
  checksum: Checksum = crc32,
): Journal {
  const left = segmentsIn(disk);
  const sizes = new Map(left.map((number) => [number, sizeOf(disk, number)]));
  let segment = (left.at(-1) ?? 0) + 1;
  let beganMs = startMs;
  let pending = new Uint8Array(PENDING_BYTES_MAX);
  let pendingBytes = 0;
  /** Segments with bytes that may not be on the disk. */
  const dirty = new Set<number>();
  let isSyncing = false;

  function write(): Result<null> {
    if (pendingBytes === 0) return good(null);
    const written = disk.append(nameOf(segment), pending.subarray(0, pendingBytes));
    if (!written.ok) {
      // A part of it may be in the file: what is written after it would not be found.
      if (sizeOf(disk, segment) > (sizes.get(segment) ?? 0)) turn();
      return written;
    }
    sizes.set(segment, (sizes.get(segment) ?? 0) + pendingBytes);
    pendingBytes = 0;
    dirty.add(segment);
    return written;
  }

  function turn(): void {
    sizes.set(segment, sizes.get(segment) ?? 0);
    segment++;
  }

  function sync(done: () => void): void {
    const [oldest] = dirty;
    if (oldest === undefined || isSyncing) return;
    dirty.delete(oldest);
    const isAll = dirty.size === 0;
    isSyncing = true;
    disk.sync(nameOf(oldest), (result) => {
      isSyncing = false;
      if (result.ok) return isAll ? done() : undefined;
      dirty.add(oldest);
      log.say('error', 'The journal could not be brought to the disk.', { why: result.why });
    });
  }

  function removeBefore(number: number, done: () => void): void {
    const oldest = Math.min(...sizes.keys());
    if (oldest >= number) return done();
    disk.remove(nameOf(oldest));
    sizes.delete(oldest);
    dirty.delete(oldest);
    // It has to be gone for good before the next goes: an old segment that came back alone would put old values over new.
    disk.sync(JOURNAL_FOLDER, () => removeBefore(number, done));
  }

  return {
    add(kind, bytes, receivedS) {
      const length = HEAD_BYTES + bytes.length;
      if (pendingBytes + length > PENDING_BYTES_MAX) write();
      // Longer than usual, or the disk takes nothing: then senders wait, and what they sent until then is kept.
      if (pendingBytes + length > pending.length) {
        const longer = new Uint8Array(2 * (pendingBytes + length));
        longer.set(pending.subarray(0, pendingBytes));
        pending = longer;
      }
      putRecord(pending, pendingBytes, kind, bytes, receivedS, checksum);
      pendingBytes += length;
    },
    write,
    sync,
    replay(begin, take) {
      for (const number of left) {
        begin(number);
        const bytes = disk.readAll(nameOf(number)) ?? new Uint8Array(0);
        const end = readRecords(bytes, take, checksum);
        if (end < bytes.length)
          log.say(
            'warning',
            'The end of a journal segment is torn; what stands before it is kept.',
            {
              segment: number,
              tornBytes: bytes.length - end,
            },
          );
      }
    },
    turnOver(steadyMs) {
      const size = sizes.get(segment) ?? 0;
      const isDue = size >= SEGMENT_BYTES_MAX || (size > 0 && steadyMs - beganMs >= SEGMENT_MS_MAX);
      if (!isDue) return null;
      write();
      turn();
      beganMs = steadyMs;
      return segment;
    },
    removeBefore,
    segment: () => segment,
    hasBefore: (number) => [...sizes.keys()].some((each) => each < number),
    sizeBytes: () => [...sizes.values()].reduce((sum, size) => sum + size, pendingBytes),
  };
}

function putRecord(
  target: Uint8Array,
  at: number,
  kind: Kind,
  bytes: Uint8Array,
  receivedS: number,
  checksum: Checksum,
): void {
  const start = at + PREFIX_BYTES;
  const end = at + HEAD_BYTES + bytes.length;
  target[start] = KINDS.indexOf(kind);
  putF64(target, start + 1, receivedS);
  target.set(bytes, at + HEAD_BYTES);
  putU32(target, at, end - start);
  putU32(target, at + 4, checksum(partOf(target, start, end)));
}

/** Gives every whole record to `take`; where the first one begins that is not whole. */
export function readRecords(
  bytes: Uint8Array,
  take: TakeRecord,
  checksum: Checksum = crc32,
): number {
  let start = 0;
  while (start + HEAD_BYTES <= bytes.length) {
    const end = start + PREFIX_BYTES + u32At(bytes, start);
    const kind = KINDS[bytes[start + PREFIX_BYTES] ?? KINDS.length];
    if (end > bytes.length || end < start + HEAD_BYTES || kind === undefined) break;
    if (end - start > RECORD_BYTES_MAX) break;
    if (checksum(partOf(bytes, start + PREFIX_BYTES, end)) !== u32At(bytes, start + 4)) break;
    take(kind, bytes.subarray(start + HEAD_BYTES, end), f64At(bytes, start + PREFIX_BYTES + 1));
    start = end;
  }
  return start;
}

function nameOf(segment: number): string {
  return `${JOURNAL_FOLDER}/${String(segment).padStart(8, '0')}.log`;
}

function segmentsIn(disk: Disk): readonly number[] {
  return disk
    .list(JOURNAL_FOLDER)
    .flatMap(({ name }) => (/^\d{8,}\.log$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}

function sizeOf(disk: Disk, segment: number): number {
  const file = disk.open(nameOf(segment));
  const size = file?.sizeBytes() ?? 0;
  file?.close();
  return size;
}
