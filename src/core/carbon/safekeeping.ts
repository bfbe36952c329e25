// When the journal is written, brought to the disk, and let go.
//
//   received --> journal --(every 50 ms)--> its file --> the disk
//           '--> cache --> Whisper files --(sync of their disk)--> segments that are all written are removed

import type { Result } from '../base/result.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Disk } from '../host/disk.ts';
import type { Log } from '../host/log.ts';
import type { Cache } from './cache.ts';
import { makeJournal, type Checksum, type Kind, type TakeRecord } from './journal.ts';
import { picklePoints } from './pickled-points.ts';

export interface Safekeeping {
  keep(kind: Kind, bytes: Uint8Array, receivedS: number): void;
  /** Gives what earlier runs left, in order. */
  replay(take: TakeRecord): void;
  start(): void;
  /** How many of the values that the cache took are safe: their records are on the disk. */
  safeArrivals(): number;
  /** Null while the journal can be written, else why not: then nothing more should be accepted. */
  whyStuck(): string | null;
  sizeBytes(): number;
  /** After the last point was written: brings all to the disk, and empties the journal. */
  stop(done: () => void): void;
}

export interface SafekeepingParts {
  /** Where the journal is. */
  readonly state: Disk;
  /** Where the Whisper files are. */
  readonly data: Disk;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Log;
  /** What is accepted is on the disk after about so many milliseconds. */
  readonly syncMs: number;
  readonly sizeBytesMax: number;
  /** Called when no value waits in the cache that is not safe. */
  readonly allSafe: () => void;
  /** As CarbonHost has it. */
  readonly crc32?: Checksum;
}

/** Whoever stops a daemon waits for it; the journal does no harm when it stays. */
const STOP_MS_MAX = 3000;
/** Segments of this age wait no longer for a metric which cannot be written. */
const WAIT_MS_MAX = 600_000;
/** The disk of the Whisper files is synced at most so often. */
const SYNC_ALL_MS = 10_000;

export function makeSafekeeping(parts: SafekeepingParts): Safekeeping {
  const { state, data, cache, clock, log, sizeBytesMax } = parts;
  const journal = makeJournal(state, log, clock.steadyMs(), parts.crc32);
  // Half of the time passes before the disk is asked, the other half is for the disk.
  const tickMs = parts.syncMs / 2;
  let ticking: Cancel = () => undefined;
  let why: string | null = null;
  /** When segments began, oldest first, by the steady clock. */
  const begun: { readonly segment: number; readonly atMs: number }[] = [];
  let safeArrivals = 0;
  let isSyncingAll = false;
  // What earlier runs left goes as soon as it is written: who crashes again and again must not read ever more.
  let syncedAllMs = -Infinity;

  function tick(): void {
    const written = journal.write();
    setWhy(written);
    const arrivals = cache.arrivals();
    if (written.ok)
      journal.sync(() => {
        safeArrivals = arrivals;
        if (arrivals === cache.arrivals()) parts.allSafe();
      });
    const atMs = clock.steadyMs();
    const segment = journal.turnOver(atMs);
    if (segment !== null) {
      cache.beginStretch(segment);
      begun.push({ segment, atMs });
      carryOver(atMs);
    }
    letGo();
    ticking = clock.at(clock.now() + tickMs, tick);
  }

  /** What waits for long, because few files may be made, is written again, so that old segments can go. */
  function carryOver(atMs: number): void {
    let old = 0;
    while ((begun[0]?.atMs ?? Infinity) <= atMs - WAIT_MS_MAX) old = begun.shift()?.segment ?? old;
    if (old === 0) return;
    for (const path of cache.renewBefore(old)) {
      const points = cache.query(path).map((point) => ({ path, ...point }));
      journal.add('pickle', picklePoints(points), clock.now() / 1000);
    }
  }

  function setWhy(written: Result<null>): void {
    const before = why;
    if (!written.ok) why = written.why;
    else if (journal.sizeBytes() > sizeBytesMax)
      why = `The journal has reached ${sizeBytesMax} bytes; points come faster than files are written.`;
    else why = null;
    if (why !== null && before === null)
      log.say('error', 'Senders wait: the journal takes no more.', { why });
    if (why === null && before !== null) log.say('info', 'The journal takes points again.');
  }

  function letGo(): void {
    const segment = cache.oldestStretch();
    const isEarly = clock.steadyMs() < syncedAllMs + SYNC_ALL_MS;
    if (isSyncingAll || isEarly || !journal.hasBefore(segment)) return;
    isSyncingAll = true;
    data.syncAll((result) => {
      const done = (): void => {
        isSyncingAll = false;
        syncedAllMs = clock.steadyMs();
      };
      if (result.ok) return journal.removeBefore(segment, done);
      done();
      log.say('error', 'The disk of the Whisper files could not be synced; the journal stays.', {
        why: result.why,
      });
    });
  }

  return {
    keep: (kind, bytes, receivedS) => journal.add(kind, bytes, receivedS),
    replay(take) {
      journal.replay((segment) => cache.beginStretch(segment), take);
      cache.beginStretch(journal.segment());
      safeArrivals = cache.arrivals();
    },
    start() {
      ticking = clock.at(clock.now() + tickMs, tick);
    },
    safeArrivals: () => safeArrivals,
    whyStuck: () => why,
    sizeBytes: () => journal.sizeBytes(),
    stop(done) {
      ticking();
      journal.write();
      const written = cache.size() === 0 ? journal.segment() + 1 : cache.oldestStretch();
      let isWaiting = true;
      function end(): void {
        late();
        if (isWaiting) done();
        isWaiting = false;
      }
      const late = clock.at(clock.now() + STOP_MS_MAX, () => {
        log.say('warning', 'The disk takes long; the journal stays until the next start.');
        end();
      });
      data.syncAll((result) => (result.ok ? journal.removeBefore(written, end) : end()));
    },
  };
}
