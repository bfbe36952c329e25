// What listens for a Carbon: lines over TCP, lines in UDP packets, pickles over TCP.

import type { Address, Connection, ConnectionEvents } from '../host/net.ts';
import type { Log } from '../host/log.ts';
import type { Decoder } from './decoder.ts';
import { makeFrameBuffer } from './frame.ts';
import type { Kind } from './journal.ts';
import { LINE_BYTES_MAX, shown } from './line.ts';
import { makeLineBuffer } from './line-buffer.ts';
import type { Senders } from './senders.ts';
import type { ReceiveCounts } from './stats.ts';

/** What a receiver needs of its Carbon. */
export interface ReceiverParts {
  readonly counts: ReceiveCounts;
  readonly log: Log;
  readonly senders: Senders;
  readonly decoder: Decoder;
  /** Takes whole lines, a packet or a frame: keeps the bytes, then the points in them. */
  receive(kind: Kind, bytes: Uint8Array, from: string): void;
}

/** Port 2003: a connection ends only at a line that is longer than LINE_BYTES_MAX. */
export function acceptLines(parts: ReceiverParts, connection: Connection): ConnectionEvents {
  const { counts, log, senders } = parts;
  const from = textOf(connection.peer);
  const lines = makeLineBuffer();
  let isOpen = true;
  senders.add(connection);
  return {
    received(bytes) {
      if (!isOpen) return;
      isOpen = lines.receive(bytes, (whole) => parts.receive('lines', whole, from));
      if (isOpen) return;
      counts.invalidLines++;
      log.say('warning', 'Closed a connection: its line is too long.', {
        from,
        bytesMax: LINE_BYTES_MAX,
        line: shown(lines.rest()),
      });
      connection.close();
    },
    closed() {
      senders.remove(connection);
      // Carbon loses the rest without a word; whoever sends without a last newline wants to know.
      if (isOpen && lines.rest() !== '') {
        counts.invalidLines++;
        const line = shown(lines.rest());
        log.say('warning', 'Dropped a last line without its newline.', { from, line });
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
  const from = textOf(connection.peer);
  const frames = makeFrameBuffer(frameBytesMax);
  let isOpen = true;
  parts.senders.add(connection);
  return {
    received(bytes) {
      if (!isOpen) return;
      const taken = frames.receive(bytes, (frame) => parts.receive('pickle', frame, from));
      if (taken.ok) return;
      isOpen = false;
      parts.decoder.invalidPickle(taken.why, from);
      connection.close();
    },
    closed: () => parts.senders.remove(connection),
  };
}

function textOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
