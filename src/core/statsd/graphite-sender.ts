// Brings each flush to Carbon over a TCP connection of its own.
//
//   flush --> waiting --> connection: connect, write, finish --Carbon ends it too--> done
//                 ^           | it broke, or Carbon left something unread
//                 '-----------'  goes along with the next flush: Carbon keeps one value a time, twice is once
//
// One connection at a time, so that flushes arrive in their order. Carbon ends its side when it has read all: that is the only answer its
// protocol has, and what it read and then lost itself, nobody sees. The real program loses a flush that finds no Carbon.

import type { Cancel, Clock } from '../host/clock.ts';
import type { Disk } from '../host/disk.ts';
import type { Address, Connection, Net } from '../host/net.ts';
import type { StatsdConfig } from './config.ts';
import { DISK_LIMITS, makeFlushQueue, MEMORY_LIMITS, type Flush } from './flush-queue.ts';
import { writePickles } from './pickled-flush.ts';

export interface GraphiteSender {
  send(text: string): void;
  /**
   * Calls `done` when nothing is on its way any more, at once when nothing is, or when `waitMs` are over. Then nothing more is sent;
   * what was on its way waits again, for a connection that hangs is no delivery.
   */
  end(waitMs: number, done: () => void): void;
  readonly counts: SenderCounts;
}

export interface SenderCounts {
  /** Flushes that Carbon took, that wait for it, and that were given up for newer ones. */
  sent: number;
  waiting: number;
  lost: number;
  /** Seconds since 1970 of the last failure and the last success; 0 for never. */
  lastExceptionS: number;
  lastFlushS: number;
  /** Of the last flush: milliseconds to hand it over, and its characters. */
  flushTimeMs: number;
  flushLength: number;
}

/** How long Carbon may take to read what it was sent; then it gets all of it again. */
export const READ_WAIT_MS_MAX = 300_000;

/** Characters of one write, about: the bytes of a large flush are never all there at once. */
const WRITE_CHARACTERS = 65_536;

export interface GraphiteTarget {
  readonly to: Address;
  readonly protocol: StatsdConfig['graphiteProtocol'];
  /** Where flushes are until Carbon has them; null is memory. */
  readonly spool: Disk | null;
}

export interface SenderEvents {
  /** Why a connection did not work. */
  failed(why: string): void;
  /** Why the spool did not take a flush, which now waits in memory. */
  notKept(why: string): void;
  /** How many of the oldest were given up. */
  lost(flushes: number): void;
}

export function makeGraphiteSender(
  net: Net,
  clock: Clock,
  { to, protocol, spool }: GraphiteTarget,
  { failed, notKept, lost }: SenderEvents,
): GraphiteSender {
  /** Null when there is no connection. */
  let onItsWay: readonly Flush[] | null = null;
  let isGivenUp = false;
  /** Flushes that the spool does not have yet. */
  let unready = 0;
  let idle: (() => void)[] = [];
  const counts: SenderCounts = {
    sent: 0,
    waiting: 0,
    lost: 0,
    lastExceptionS: 0,
    lastFlushS: Math.round(clock.now() / 1000),
    flushTimeMs: 0,
    flushLength: 0,
  };

  const queue = makeFlushQueue(spool, spool ? DISK_LIMITS : MEMORY_LIMITS, {
    lost(flushes) {
      counts.lost += flushes;
      lost(flushes);
    },
    notKept,
  });
  counts.waiting = queue.size();

  function connect(): void {
    if (onItsWay || isGivenUp) return;
    const batch = queue.take();
    counts.waiting = queue.size();
    if (batch.length === 0) return;
    onItsWay = batch;
    let isWritten = false;
    let written = 0;
    let isLate = false;
    let cancelWait: Cancel = () => undefined;
    net.connect(to, {
      opened(connection) {
        const startMs = clock.steadyMs();
        for (const flush of batch) {
          const text = queue.textOf(flush);
          if (text === null) continue;
          write(connection, text, protocol);
          written++;
        }
        connection.finish();
        isWritten = true;
        cancelWait = clock.at(clock.now() + READ_WAIT_MS_MAX, () => {
          isLate = true;
          connection.close();
        });
        counts.flushTimeMs = clock.steadyMs() - startMs;
        counts.flushLength = batch.at(-1)?.characters ?? 0;
        counts.lastFlushS = Math.round(clock.now() / 1000);
      },
      received: () => undefined,
      closed(why) {
        cancelWait();
        onItsWay = null;
        const isTaken = isWritten && why === null && !isLate;
        if (isTaken) {
          counts.sent += written;
          queue.taken(batch);
        } else {
          if (!isGivenUp) queue.giveBack(batch);
          counts.lastExceptionS = Math.round(clock.now() / 1000);
          failed(why ?? (isLate ? LATE : 'the connection ended before it was open'));
        }
        counts.waiting = queue.size();
        // After a failure the next flush tries again, so that a missing Carbon is not asked all the time.
        if (isTaken) connect();
        tellIdle();
      },
    });
  }

  function tellIdle(): void {
    if (!onItsWay && unready === 0) for (const done of idle.splice(0)) done();
  }

  return {
    send(text) {
      unready++;
      queue.add(text, () => {
        unready--;
        connect();
        tellIdle();
      });
      counts.waiting = queue.size();
    },
    end(waitMs, done) {
      const cancelWait = clock.at(clock.now() + waitMs, finish);
      idle = [...idle, finish];
      tellIdle();

      function finish(): void {
        if (isGivenUp) return;
        cancelWait();
        if (onItsWay) queue.giveBack(onItsWay);
        isGivenUp = true;
        counts.waiting = queue.size();
        done();
      }
    },
    counts,
  };
}

const LATE = `Graphite did not end its side of the connection within ${READ_WAIT_MS_MAX / 1000} s, so it may not have read all and gets it again`;

function write(connection: Connection, text: string, protocol: GraphiteTarget['protocol']): void {
  if (protocol === 'pickle') writePickles(text, (frame) => connection.write(frame));
  else writeLines(connection, text);
}

function writeLines(connection: Connection, text: string): void {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start + WRITE_CHARACTERS);
    const end = newline < 0 ? text.length : newline + 1;
    connection.write(text.slice(start, end));
    start = end;
  }
}
