// Brings each flush to Carbon over a TCP connection of its own.
//
//   flush --> waiting --> connection: connect, write, end --> done
//                 ^           | it broke
//                 '-----------'  goes along with the next flush: Carbon keeps one value a time, twice is once
//
// The real program loses a flush that finds no Carbon.

import { encodeUtf8 } from '../base/text.ts';
import type { Clock } from '../host/clock.ts';
import type { Address, Connection, Net } from '../host/net.ts';
import type { StatsdConfig } from './config.ts';
import { writePickles } from './pickled-flush.ts';

export interface GraphiteSender {
  send(text: string): void;
  /** Calls `done` when nothing is on its way any more, at once when nothing is. */
  whenIdle(done: () => void): void;
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

/** Flushes that wait for a Carbon to come back; then the oldest go. */
export const WAITING_MAX = 360;
/** Characters of all of them. */
export const WAITING_CHARACTERS_MAX = 32_000_000;
/** Connections at one time, when Carbon is slower than the flushes. */
export const CONNECTIONS_MAX = 4;

/** Characters of one write, about: the bytes of a large flush are never all there at once. */
const WRITE_CHARACTERS = 65_536;

export interface GraphiteTarget {
  readonly to: Address;
  readonly protocol: StatsdConfig['graphiteProtocol'];
}

/** `failed` hears why a connection did not work. */
export function makeGraphiteSender(
  net: Net,
  clock: Clock,
  { to, protocol }: GraphiteTarget,
  failed: (why: string) => void,
): GraphiteSender {
  let waiting: string[] = [];
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

  function connect(): void {
    if (connections >= CONNECTIONS_MAX || waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    counts.waiting = 0;
    connections++;
    let isWritten = false;
    net.connect(to, {
      opened(connection) {
        const startMs = clock.now();
        for (const text of batch)
          if (protocol === 'pickle') writePickles(text, (frame) => connection.write(frame));
          else writeLines(connection, text);
        connection.close();
        isWritten = true;
        counts.flushTimeMs = clock.now() - startMs;
        counts.flushLength = batch.at(-1)?.length ?? 0;
        counts.lastFlushS = Math.round(clock.now() / 1000);
      },
      received: () => undefined,
      closed(why) {
        connections--;
        const isTaken = isWritten && why === null;
        if (isTaken) counts.sent += batch.length;
        else {
          waiting = [...batch, ...waiting];
          counts.lastExceptionS = Math.round(clock.now() / 1000);
          failed(why ?? 'the connection ended before it was open');
        }
        keepNewest();
        // After a failure the next flush tries again, so that a missing Carbon is not asked all the time.
        if (isTaken) connect();
        if (connections === 0) for (const done of idle.splice(0)) done();
      },
    });
  }

  function keepNewest(): void {
    let characters = waiting.reduce((sum, text) => sum + text.length, 0);
    while (waiting.length > WAITING_MAX || characters > WAITING_CHARACTERS_MAX) {
      characters -= waiting.shift()?.length ?? 0;
      counts.lost++;
    }
    counts.waiting = waiting.length;
  }

  return {
    send(text) {
      waiting.push(text);
      keepNewest();
      connect();
    },
    whenIdle(done) {
      if (connections === 0) done();
      else idle = [...idle, done];
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
