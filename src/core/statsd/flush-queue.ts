// Flushes that wait for Carbon, oldest first. With a spool each is on the disk before it is sent, and until Carbon has it.
//
//   add --> 000000000012.txt --synced--> waiting --take--> on their way --taken--> removed
//                                           ^                   |
//                                           '-----giveBack------'
//
// What the spool promises: a flush that is in it arrives at least once, in its order, whether this process is stopped or killed or the
// power fails. Those that were on their way at that moment may arrive twice: Carbon keeps one value a time, so twice is once.

import type { Result } from '../base/result.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { Disk } from '../host/disk.ts';

export interface Flush {
  /** Rises: flushes are sent in this order. */
  readonly id: number;
  readonly characters: number;
  /** Null when it stands on the disk only. */
  text: string | null;
  /** Whether it may be sent: with a spool, when the disk has it. */
  isReady: boolean;
}

export interface FlushQueue {
  size(): number;
  /** Calls `ready` when the flush may be sent: at once, or when the disk has it. */
  add(text: string, ready: () => void): void;
  /** The oldest flushes, as many as one connection brings. */
  take(): readonly Flush[];
  /** Read when it is sent, not before: Carbon may be away. Null, and told as lost, when it cannot be read. */
  textOf(flush: Flush): string | null;
  taken(flushes: readonly Flush[]): void;
  giveBack(flushes: readonly Flush[]): void;
}

export interface QueueEvents {
  /** How many of the oldest were given up for newer ones, or were not readable any more. */
  lost(flushes: number): void;
  /** The disk did not take a flush, which is sent all the same and waits in memory meanwhile. */
  notKept(why: string): void;
}

export interface QueueLimits {
  readonly flushes: number;
  readonly characters: number;
}

/** In memory, and on a disk: a day of flushes every ten seconds. */
export const MEMORY_LIMITS: QueueLimits = { flushes: 360, characters: 32_000_000 };
export const DISK_LIMITS: QueueLimits = { flushes: 8640, characters: 512_000_000 };
/** Characters of one turn, about: a long outage is not read into memory at once. */
const TAKEN_CHARACTERS = 16_000_000;

export function makeFlushQueue(
  disk: Disk | null,
  limits: QueueLimits,
  events: QueueEvents,
): FlushQueue {
  let waiting: Flush[] = disk ? flushesOn(disk) : [];
  let nextId = (waiting.at(-1)?.id ?? 0) + 1;

  function keepNewest(): void {
    let characters = waiting.reduce((sum, flush) => sum + flush.characters, 0);
    let count = 0;
    // The newest stays, however long it is: Carbon may take it at once.
    while (
      waiting.length > 1 &&
      (waiting.length > limits.flushes || characters > limits.characters)
    ) {
      const oldest = waiting.shift();
      if (!oldest) break;
      characters -= oldest.characters;
      disk?.remove(fileOf(oldest));
      count++;
    }
    if (count > 0) events.lost(count);
  }

  function keep(spool: Disk, flush: Flush, text: string, ready: () => void): void {
    const settle = (kept: Result<null>): void => {
      if (!kept.ok) events.notKept(kept.why);
      // Behind others it waits on the disk, and takes no memory.
      else if (waiting[0] !== flush) flush.text = null;
      flush.isReady = true;
      ready();
    };
    const bytes = encodeUtf8(text);
    const made = spool.create(fileOf(flush), bytes, bytes.length);
    if (made.ok) spool.sync(fileOf(flush), settle);
    else settle(made);
  }

  /** What a full disk did not take when it was made may find room now; else it waits in memory. */
  function isOnDisk(flush: Flush): boolean {
    if (disk === null) return false;
    if (flush.text === null || disk.exists(fileOf(flush))) return true;
    return disk.replace(fileOf(flush), encodeUtf8(flush.text)).ok;
  }

  return {
    size: () => waiting.length,
    add(text, ready) {
      const flush = { id: nextId++, characters: text.length, text, isReady: disk === null };
      waiting.push(flush);
      keepNewest();
      if (disk) keep(disk, flush, text, ready);
      else ready();
    },
    take() {
      let characters = 0;
      let count = 0;
      while (waiting[count]?.isReady === true && characters < TAKEN_CHARACTERS)
        characters += waiting[count++]?.characters ?? 0;
      return waiting.splice(0, count);
    },
    textOf(flush) {
      if (flush.text !== null) return flush.text;
      const bytes = disk?.readAll(fileOf(flush)) ?? null;
      const text = bytes === null ? '' : wholeLines(decodeUtf8Lossy(bytes));
      if (text !== '') return text;
      events.lost(1);
      return null;
    },
    taken(flushes) {
      for (const flush of flushes) disk?.remove(fileOf(flush));
    },
    giveBack(flushes) {
      for (const flush of flushes) if (isOnDisk(flush)) flush.text = null;
      waiting = [...flushes, ...waiting].sort((a, b) => a.id - b.id);
      keepNewest();
    },
  };
}

/** What the power cut short was not sent yet; of that, the lines that are there are kept. */
function wholeLines(text: string): string {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.includes('\0') ? whole.replace(/^[^\n]*\0[^\n]*\n/gm, '') : whole;
}

const FILE = /^(\d{12})\.txt$/;
/** Of a flush that was being written when the process was killed. */
const HALF_FILE = /^\d{12}\.txt\.tmp$/;

function fileOf({ id }: Flush): string {
  return `${String(id).padStart(12, '0')}.txt`;
}

function flushesOn(disk: Disk): Flush[] {
  return disk.list('').flatMap(({ name }) => {
    if (HALF_FILE.test(name)) disk.remove(name);
    const digits = FILE.exec(name)?.[1];
    const file = digits === undefined ? null : disk.open(name);
    if (!file) return [];
    const characters = file.sizeBytes();
    file.close();
    return [{ id: Number(digits), characters, text: null, isReady: true }];
  });
}
