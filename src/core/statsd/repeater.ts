// Passes each packet on as it came, so that another StatsD counts the same.
//
//   packet --> udp: the same datagram to each target
//          '-> tcp: the packet and a newline, over one connection to each target that stays open

import { encodeUtf8 } from '../base/text.ts';
import type { Clock } from '../host/clock.ts';
import type { Address, Connection, Net } from '../host/net.ts';
import type { Repeater } from './config.ts';

export interface PacketRepeater {
  repeat(packet: Uint8Array): void;
  stop(): void;
}

/** After a failure a target is left alone for so long; what comes meanwhile is not repeated to it. */
export const RETRY_MS = 1000;
/** Packets that wait for a connection to open. */
export const WAITING_PACKETS_MAX = 1000;

export function makeRepeater(
  net: Net,
  clock: Clock,
  { protocol, to }: Repeater,
  failed: (target: Address, why: string) => void,
): PacketRepeater {
  if (protocol === 'udp')
    return {
      repeat(packet) {
        for (const target of to) net.send(target, packet);
      },
      stop: () => undefined,
    };
  const lines = to.map((target) => makeLine(net, clock, target, (why) => failed(target, why)));
  return {
    repeat(packet) {
      const bytes = new Uint8Array(packet.length + NEWLINE.length);
      bytes.set(packet);
      bytes.set(NEWLINE, packet.length);
      for (const line of lines) line.repeat(bytes);
    },
    stop() {
      for (const line of lines) line.stop();
    },
  };
}

const NEWLINE = encodeUtf8('\n');

/** One target over TCP. */
function makeLine(
  net: Net,
  clock: Clock,
  to: Address,
  failed: (why: string) => void,
): PacketRepeater {
  let connection: Connection | null = null;
  let isDialling = false;
  let isStopped = false;
  let retryMs = 0;
  let waiting: Uint8Array[] = [];

  function dial(): void {
    isDialling = true;
    net.connect(to, {
      opened(opened) {
        connection = opened;
        for (const bytes of waiting.splice(0)) opened.write(bytes);
        if (isStopped) opened.close();
      },
      received: () => undefined,
      closed(why) {
        connection = null;
        isDialling = false;
        waiting = [];
        if (why === null) return;
        retryMs = clock.steadyMs() + RETRY_MS;
        failed(why);
      },
    });
  }

  return {
    repeat(bytes) {
      if (connection) {
        connection.write(bytes);
        return;
      }
      if (isStopped || clock.steadyMs() < retryMs) return;
      if (waiting.length < WAITING_PACKETS_MAX) waiting.push(bytes);
      if (!isDialling) dial();
    },
    stop() {
      isStopped = true;
      connection?.close();
    },
  };
}
