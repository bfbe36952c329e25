// Takes what waits at a UDP socket while packets flood in. Node has an event for each packet, which costs three times as
// much as reading it; Linux lets a process read a socket as a file.
//
//   event, event, ... the eighth --> read, read, read ... until nothing waits, or READ_PACKETS_MAX
//
// What is read has no sender. So a few packets of each flood still come as events, with theirs; slow senders have no other.

import type { Socket } from 'node:dgram';
import { readSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { UDP_PACKET_BYTES_MAX } from '../core/host/net.ts';
import { ownSockets, udpSockets } from './linux-sockets.ts';

/** Events after which the socket is read. */
export const EVENTS_BEFORE_READING = 8;
/** Then all else in this process gets its turn. */
const READ_PACKETS_MAX = 500;
/** Packets lie in it one behind the other, so that whoever keeps one has bytes that stay. */
const ROOM_BYTES = 1_048_576;

export interface Flood {
  /** An event came: reads what else waits when it is time. */
  event(): void;
  /** Nothing is read any more. Must be called before the socket is closed: its number is given to others. */
  stop(): void;
}

/** Null where the socket cannot be read as a file: elsewhere than on Linux, and over IPv6. */
export function makeFlood(socket: Socket, receive: (packet: Uint8Array) => void): Flood | null {
  const file = fileOf(socket);
  if (file === null) return null;
  let events = 0;
  let isStopped = false;
  let room = Buffer.allocUnsafe(ROOM_BYTES);
  let used = 0;

  function readAll(of: number): void {
    for (let i = 0; i < READ_PACKETS_MAX && !isStopped; i++) {
      if (room.length - used < UDP_PACKET_BYTES_MAX) {
        room = Buffer.allocUnsafe(ROOM_BYTES);
        used = 0;
      }
      let length: number;
      try {
        length = readSync(of, room, used, UDP_PACKET_BYTES_MAX, null);
      } catch {
        // Nothing waits any more, which the system says as an error.
        return;
      }
      used += length;
      receive(room.subarray(used - length, used));
    }
  }

  return {
    event() {
      if (++events % EVENTS_BEFORE_READING === 0) readAll(file);
    },
    stop() {
      isStopped = true;
    },
  };
}

/** The number of its file; null when it cannot be told for certain. */
function fileOf(socket: Socket): number | null {
  const { address, port } = socket.address();
  if (!isIPv4(address)) return null;
  const local = kernelAddress(address, port);
  const own = ownSockets();
  const found = (udpSockets() ?? []).flatMap(({ local: theirs, inode }) => {
    const file = theirs === local ? own.get(inode) : undefined;
    return file === undefined ? [] : [file];
  });
  const [file] = found;
  return found.length === 1 && file !== undefined ? file : null;
}

/** 127.0.0.1:8125 as "0100007F:1FBD": the bytes of the address from the last to the first on the machines that Node runs on. */
function kernelAddress(address: string, port: number): string {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  const bytes = address.split('.').map((part) => hex(Number(part), 2));
  return `${bytes.toReversed().join('')}:${hex(port, 4)}`;
}
