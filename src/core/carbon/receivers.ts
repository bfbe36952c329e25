// What listens for a Carbon: lines over TCP, lines in UDP packets, pickles over TCP.

import type { Result } from '../base/result.ts';
import type { Address, Connection, ConnectionEvents } from '../host/net.ts';
import type { Log } from '../host/log.ts';
import { makeFrameBuffer } from './frame.ts';
import { LINE_BYTES_MAX, parseLine, shown } from './line.ts';
import { makeLineBuffer, packetLines } from './line-buffer.ts';
import type { Point } from './point.ts';
import { pickledPoints } from './pickled-points.ts';
import type { Senders } from './senders.ts';
import type { ReceiveCounts } from './stats.ts';

/** What a receiver needs of its Carbon. */
export interface ReceiverParts {
  readonly counts: ReceiveCounts;
  readonly log: Log;
  readonly senders: Senders;
  /** Also slows the senders down when the cache fills up. */
  take(point: Point, from: string): void;
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
      isOpen = lines.receive(bytes, (line) => takeLine(parts, line, from));
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
  packetLines(packet, (line) => takeLine(parts, line, textOf(from)));
}

/** Port 2004: a bad pickle costs only itself, a frame that is too long the connection. */
export function acceptPickles(
  parts: ReceiverParts,
  connection: Connection,
  frameBytesMax: number,
): ConnectionEvents {
  const { counts, log, senders } = parts;
  const from = textOf(connection.peer);
  const frames = makeFrameBuffer(frameBytesMax);
  let isOpen = true;
  senders.add(connection);

  function invalid(why: string): void {
    counts.invalidPickles++;
    log.say('warning', 'Ignored an invalid pickle.', { from, why });
  }

  function takeFrame(frame: Uint8Array): void {
    const points = pickledPoints(frame, invalid);
    if (points.ok) for (const point of points.value) parts.take(point, from);
    else invalid(points.why);
  }

  return {
    received(bytes) {
      if (!isOpen) return;
      const taken = frames.receive(bytes, takeFrame);
      if (taken.ok) return;
      isOpen = false;
      invalid(taken.why);
      connection.close();
    },
    closed: () => senders.remove(connection),
  };
}

function takeLine(parts: ReceiverParts, line: Result<string>, from: string): void {
  const point = line.ok ? parseLine(line.value) : line;
  if (point.ok) {
    parts.take(point.value, from);
    return;
  }
  parts.counts.invalidLines++;
  parts.log.say('warning', 'Ignored an invalid line.', { from, why: point.why });
}

function textOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
