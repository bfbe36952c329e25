// Flushes that wait for Carbon, oldest first. With a disk, those that Carbon did not take once wait there, and outlive a restart.
//
//   add --> waiting --take--> on their way --taken--> gone
//             ^                   '---giveBack--> on the disk: 000000000012.txt
//             '-------------------------'

import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { Files } from '../host/files.ts';

export interface Flush {
  /** Rises: flushes are sent in this order. */
  readonly id: number;
  readonly characters: number;
  /** Null when it stands on the disk only. */
  text: string | null;
}

export interface FlushQueue {
  size(): number;
  add(text: string): void;
  /** The oldest flushes, as many as one connection brings, with their texts. */
  take(): readonly Flush[];
  taken(flushes: readonly Flush[]): void;
  giveBack(flushes: readonly Flush[]): void;
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

/** `lost` hears how many of the oldest were given up for newer ones. */
export function makeFlushQueue(
  disk: Files | null,
  limits: QueueLimits,
  lost: (flushes: number) => void,
): FlushQueue {
  let waiting: Flush[] = disk ? flushesOn(disk) : [];
  let nextId = (waiting.at(-1)?.id ?? 0) + 1;

  function keepNewest(): void {
    let characters = waiting.reduce((sum, flush) => sum + flush.characters, 0);
    let count = 0;
    while (waiting.length > limits.flushes || characters > limits.characters) {
      const oldest = waiting.shift();
      if (!oldest) break;
      characters -= oldest.characters;
      disk?.remove(fileOf(oldest));
      count++;
    }
    if (count > 0) lost(count);
  }

  function readBack(flush: Flush): boolean {
    if (flush.text !== null) return true;
    const bytes = disk?.readAll(fileOf(flush)) ?? null;
    if (bytes === null) return false;
    flush.text = decodeUtf8Lossy(bytes);
    return true;
  }

  return {
    size: () => waiting.length,
    add(text) {
      waiting.push({ id: nextId++, characters: text.length, text });
      keepNewest();
    },
    take() {
      let characters = 0;
      let count = 0;
      while (count < waiting.length && characters < TAKEN_CHARACTERS)
        characters += waiting[count++]?.characters ?? 0;
      const flushes = waiting.splice(0, count);
      const readable = flushes.filter(readBack);
      if (readable.length < flushes.length) lost(flushes.length - readable.length);
      return readable;
    },
    taken(flushes) {
      for (const flush of flushes) disk?.remove(fileOf(flush));
    },
    giveBack(flushes) {
      for (const flush of flushes) {
        if (flush.text === null || !disk) continue;
        const isKept =
          disk.exists(fileOf(flush)) || disk.replace(fileOf(flush), encodeUtf8(flush.text)).ok;
        // What a full disk does not take waits in memory.
        if (isKept) flush.text = null;
      }
      waiting = [...flushes, ...waiting].sort((a, b) => a.id - b.id);
      keepNewest();
    },
  };
}

const FILE = /^(\d{12})\.txt$/;

function fileOf({ id }: Flush): string {
  return `${String(id).padStart(12, '0')}.txt`;
}

function flushesOn(disk: Files): Flush[] {
  return disk.list('').flatMap(({ name }) => {
    const digits = FILE.exec(name)?.[1];
    const file = digits === undefined ? null : disk.open(name);
    if (!file) return [];
    const characters = file.sizeBytes();
    file.close();
    return [{ id: Number(digits), characters, text: null }];
  });
}
