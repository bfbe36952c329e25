// What listens for a Carbon: lines over TCP, lines in UDP packets, pickles over TCP.

import type { Address, Connection, ConnectionEvents } from '../host/net.ts';
import type { Log } from '../host/log.ts';
import { sayInvalidPickle } from './decoder.ts';
import { makeFrameBuffer } from './frame.ts';
import type { Kind } from './journal.ts';
import { LINE_BYTES_MAX, shown } from './line.ts';
import { makeLineBuffer } from './line-buffer.ts';
import type { Senders } from './senders.ts';
import type { ReceiveCounts } from './stats.ts';
import type { Unread } from './unread.ts';

/** What a receiver needs of its Carbon. */
export interface ReceiverParts {
  readonly counts: ReceiveCounts;
  readonly log: Log;
  readonly senders: Senders;
  readonly unread: Unread;
  /** Seconds since 1970. */
  readonly nowS: () => number;
  /** LOG_LISTENER_CONN_SUCCESS and _LOST: connections that open and end, and those that break. */
  readonly logsConnections: boolean;
  readonly logsLost: boolean;
  /**
   * Takes whole lines, a packet or a frame: keeps the bytes, then the points in them. False when the connection must
   * end.
   */
  receive(kind: Kind, bytes: Uint8Array, from: string): boolean;
}

/** Port 2003: a connection ends only at a line that is longer than LINE_BYTES_MAX, and where `strict` says so. */
export function acceptLines(parts: ReceiverParts, connection: Connection): ConnectionEvents {
  const { unread, nowS, log } = parts;
  const sender = acceptSender(parts, connection);
  const lines = makeLineBuffer();
  return {
    received(bytes) {
      if (!sender.isOpen()) return;
      const isShort = lines.receive(bytes, (whole) => sender.receive('lines', whole));
      if (isShort || !sender.isOpen()) return;
      unread.line('lineTooLong', lines.rest(), sender.from, nowS());
      log.say('warning', 'Closed a connection: its line is too long.', {
        from: sender.from,
        bytesMax: LINE_BYTES_MAX,
        line: shown(lines.rest()),
      });
      sender.end();
    },
    closed(why) {
      sender.closed(why);
      // Carbon loses the rest without a word; whoever sends without a last newline wants to know.
      if (sender.isOpen() && lines.rest() !== '') {
        const rest = lines.rest();
        unread.line('noNewline', rest, sender.from, nowS());
        log.say('warning', 'Dropped a last line without its newline.', {
          from: sender.from,
          line: shown(rest),
        });
      }
    },
  };
}

/** One UDP packet: whole lines, the last of which needs no newline. */
export function takePacket(parts: ReceiverParts, packet: Uint8Array, from: Address): void {
  parts.receive('packet', packet, textOf(from));
}

/** Port 2004: a bad pickle costs only itself, a frame that is too long the connection. */
export function acceptPickles(
  parts: ReceiverParts,
  connection: Connection,
  frameBytesMax: number,
): ConnectionEvents {
  const sender = acceptSender(parts, connection);
  const frames = makeFrameBuffer(frameBytesMax);
  return {
    received(bytes) {
      if (!sender.isOpen()) return;
      const taken = frames.receive(bytes, (frame) => sender.receive('pickle', frame));
      if (taken.ok || !sender.isOpen()) return;
      parts.unread.pickle('frameTooLong', taken.why, null, sender.from, parts.nowS());
      sayInvalidPickle(parts.log, taken.why, sender.from);
      sender.end();
    },
    closed: (why) => sender.closed(why),
  };
}

/** What both have in common: a connection that is counted, and ended when what it sends says so. */
interface Sender {
  readonly from: string;
  /** False from the moment we end it. */
  isOpen(): boolean;
  receive(kind: Kind, bytes: Uint8Array): void;
  end(): void;
  closed(why: string | null): void;
}

function acceptSender(parts: ReceiverParts, connection: Connection): Sender {
  const { counts, log, senders, logsConnections, logsLost } = parts;
  const from = textOf(connection.peer);
  let isOpen = true;

  function end(): void {
    isOpen = false;
    connection.close();
  }

  senders.add(connection);
  if (logsConnections) log.say('info', 'A connection was opened.', { from });
  return {
    from,
    isOpen: () => isOpen,
    receive(kind, bytes) {
      if (!isOpen) return;
      const before = counts.metricsReceived;
      if (!parts.receive(kind, bytes, from)) end();
      else if (counts.metricsReceived > before) senders.heard(connection);
    },
    end,
    closed(why) {
      senders.remove(connection);
      if (why !== null && logsLost) log.say('info', 'A connection was lost.', { from, why });
      if (why === null && logsConnections) log.say('info', 'A connection was closed.', { from });
    },
  };
}

function textOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
