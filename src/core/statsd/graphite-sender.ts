// Brings each flush to Carbon over a TCP connection of its own.
//
//   flush --> waiting --> connection: connect, write, end --> done
//                 ^           | it broke
//                 '-----------'  goes along with the next flush: Carbon keeps one value a time, twice is once
//
// The real program loses a flush that finds no Carbon.

import { encodeUtf8 } from '../base/text.ts';
import type { Clock } from '../host/clock.ts';
import type { Files } from '../host/files.ts';
import type { Address, Connection, Net } from '../host/net.ts';
import type { StatsdConfig } from './config.ts';
import { DISK_LIMITS, makeFlushQueue, MEMORY_LIMITS, type Flush } from './flush-queue.ts';
import { writePickles } from './pickled-flush.ts';

export interface GraphiteSender {
  send(text: string): void;
  /** Calls `done` when nothing is on its way any more, at once when nothing is. */
  whenIdle(done: () => void): void;
  /** What is still on its way waits again: a connection that hangs is no delivery. */
  giveUp(): void;
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

/** Connections at one time, when Carbon is slower than the flushes. */
export const CONNECTIONS_MAX = 4;

/** Characters of one write, about: the bytes of a large flush are never all there at once. */
const WRITE_CHARACTERS = 65_536;

export interface GraphiteTarget {
  readonly to: Address;
  readonly protocol: StatsdConfig['graphiteProtocol'];
  /** Where flushes wait that Carbon did not take; null is memory. */
  readonly spool: Files | null;
}

/** `failed` hears why a connection did not work. */
export function makeGraphiteSender(
  net: Net,
  clock: Clock,
  { to, protocol, spool }: GraphiteTarget,
  failed: (why: string) => void,
): GraphiteSender {
  const onTheirWay = new Set<readonly Flush[]>();
  let connections = 0;
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

  const queue = makeFlushQueue(spool, spool ? DISK_LIMITS : MEMORY_LIMITS, (flushes) => {
    counts.lost += flushes;
  });
  counts.waiting = queue.size();

  function connect(): void {
    if (connections >= CONNECTIONS_MAX || queue.size() === 0) return;
    const batch = queue.take();
    onTheirWay.add(batch);
    counts.waiting = queue.size();
    connections++;
    let isWritten = false;
    net.connect(to, {
      opened(connection) {
        const startMs = clock.steadyMs();
        for (const { text } of batch)
          if (text === null) continue;
          else if (protocol === 'pickle') writePickles(text, (frame) => connection.write(frame));
          else writeLines(connection, text);
        connection.close();
        isWritten = true;
        counts.flushTimeMs = clock.steadyMs() - startMs;
        counts.flushLength = batch.at(-1)?.characters ?? 0;
        counts.lastFlushS = Math.round(clock.now() / 1000);
      },
      received: () => undefined,
      closed(why) {
        connections--;
        const isTaken = isWritten && why === null;
        const isOurs = onTheirWay.delete(batch);
        if (isTaken) {
          counts.sent += batch.length;
          queue.taken(batch);
        } else {
          if (isOurs) queue.giveBack(batch);
          counts.lastExceptionS = Math.round(clock.now() / 1000);
          failed(why ?? 'the connection ended before it was open');
        }
        counts.waiting = queue.size();
        // After a failure the next flush tries again, so that a missing Carbon is not asked all the time.
        if (isTaken) connect();
        if (connections === 0) for (const done of idle.splice(0)) done();
      },
    });
  }

  return {
    send(text) {
      queue.add(text);
      counts.waiting = queue.size();
      connect();
    },
    whenIdle(done) {
      if (connections === 0) done();
      else idle = [...idle, done];
    },
    giveUp() {
      for (const batch of onTheirWay) queue.giveBack(batch);
      onTheirWay.clear();
      counts.waiting = queue.size();
    },
    counts,
  };
}

function writeLines(connection: Connection, text: string): void {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start + WRITE_CHARACTERS);
    const end = newline < 0 ? text.length : newline + 1;
    connection.write(encodeUtf8(text.slice(start, end)));
    start = end;
  }
}
