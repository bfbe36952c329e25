// UDP to and from names, groups of multicast and single interfaces: what collectd's network plugin asks for.

import { createSocket, type Socket } from 'node:dgram';
import { bad, good, type Result } from '../core/base/result.ts';
import type {
  DatagramPlace,
  Datagrams,
  DatagramSender,
  DatagramTarget,
} from '../core/host/datagrams.ts';
import type { Address, Listener, Receive } from '../core/host/net.ts';
import { bindUdp } from './net.ts';
import {
  addressesOf,
  boundAddresses,
  groupInterface,
  interfaceAddress,
  isGroup,
} from './addresses.ts';

/** Packets kept while the address of a host is asked for; further ones are lost. */
export const PACKETS_WAITING_MAX = 64;

export const nodeDatagrams: Datagrams = { open, listen };

/** A host with its address, and the socket that sends to it. */
interface Way {
  readonly socket: Socket;
  readonly host: string;
  readonly sinceMs: number;
  /** Packets that the kernel does not have yet. */
  underWay: number;
}

function open(target: DatagramTarget, failed: (why: string) => void): DatagramSender {
  const { port, resolveInterval } = target;
  let way: Way | null = null;
  let isAsking = false;
  let isClosed = false;
  let waiting: Uint8Array[] = [];

  function ask(): void {
    isAsking = true;
    addressesOf(target.host, (addresses) => {
      isAsking = false;
      const [host] = addresses.ok ? addresses.value : [];
      // As collectd: while nobody knows a new address, the one of before serves.
      if (host !== undefined) {
        way?.socket.close();
        way = dial(host);
      }
      if (!addresses.ok) failed(addresses.why);
      for (const packet of waiting) put(packet);
      waiting = [];
      closeWhenIdle();
    });
  }

  function dial(host: string): Way {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.on('error', (error) => {
      failed(error.message);
      socket.close();
      if (way?.socket === socket) way = null;
    });
    const from = target.bindAddress || (isGroup(host) ? '' : interfaceAddress(target, host));
    socket.bind({ port: 0, ...(from === '' ? {} : { address: from }) }, () => tune(socket, host));
    return { socket, host, sinceMs: performance.now(), underWay: 0 };
  }

  function tune(socket: Socket, host: string): void {
    try {
      if (target.timeToLive > 0) {
        socket.setTTL(target.timeToLive);
        socket.setMulticastTTL(target.timeToLive);
      }
      const from = groupInterface(target, host);
      if (isGroup(host) && from !== undefined) socket.setMulticastInterface(from);
    } catch (error) {
      socket.emit('error', error);
    }
  }

  function put(packet: Uint8Array): void {
    const mine = way;
    if (mine === null) return;
    mine.underWay++;
    mine.socket.send(packet, port, mine.host, (error) => {
      mine.underWay--;
      if (error) failed(error.message);
      closeWhenIdle();
    });
  }

  function closeWhenIdle(): void {
    if (!isClosed || isAsking || way === null || way.underWay > 0) return;
    way.socket.close();
    way = null;
  }

  function isStale(): boolean {
    if (way === null) return true;
    return resolveInterval > 0 && performance.now() - way.sinceMs >= 1000 * resolveInterval;
  }

  return {
    send(packet) {
      if (!isAsking && isStale()) ask();
      if (!isAsking) put(packet);
      else if (waiting.length < PACKETS_WAITING_MAX) waiting.push(packet);
      else failed(`${PACKETS_WAITING_MAX} packets wait for its address already`);
    },
    close() {
      isClosed = true;
      closeWhenIdle();
    },
  };
}

function listen(
  place: DatagramPlace,
  receive: Receive,
  opened: (result: Result<readonly Address[]>) => void,
): Listener {
  const listeners: Listener[] = [];
  let isClosed = false;
  addressesOf(place.host, (addresses) => {
    const hosts = addresses.ok ? boundAddresses(addresses.value, place.interface) : addresses;
    if (isClosed) return opened(bad('it was closed'));
    if (!hosts.ok) return opened(bad(asSentence(hosts.why)));
    const results: Result<Address>[] = [];
    for (const host of hosts.value) {
      const at = { host, port: place.port };
      const done = (result: Result<Address>): void => {
        results.push(result);
        if (results.length === hosts.value.length) opened(oneAtLeast(results));
      };
      const join = isGroup(host)
        ? (socket: Socket) => socket.addMembership(host, groupInterface(place, host))
        : null;
      listeners.push(bindUdp(at, receive, done, join));
    }
  });
  return {
    close() {
      isClosed = true;
      for (const listener of listeners) listener.close();
    },
  };
}

function asSentence(why: string): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
}

/** A name may have an address of a family that this machine does not have. */
function oneAtLeast(results: readonly Result<Address>[]): Result<readonly Address[]> {
  const open = results.flatMap((result) => (result.ok ? [result.value] : []));
  const failed = results.find((result) => !result.ok);
  return open.length > 0 || failed === undefined ? good(open) : failed;
}
