// The real network, behind the port of core/host/net.ts.

import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, createServer, isIPv6, type Socket } from 'node:net';
import { bad, good } from '../core/base/result.ts';
import type {
  Accept,
  Address,
  Connection,
  ConnectionEvents,
  Listener,
  Net,
  Opened,
  Receive,
} from '../core/host/net.ts';
import { messageOf } from './files.ts';
import { makeFlood, type Flood } from './udp-flood.ts';

/** After so much silence the kernel asks whether the other side is still there: Carbon's TCP_KEEPIDLE. */
const KEEP_ALIVE_MS = 10_000;
/** Asked of the kernel for incoming packets, so that a flush does not lose what arrives meanwhile. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** The sender of a packet in a flood: nobody asked. */
const NOBODY: Address = { host: '', port: 0 };

export function makeNodeNet(): Net {
  return {
    listenUdp: (at, receive, opened) => bindUdp(at, receive, opened, null),

    listenTcp(at, accept, opened) {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        attach(socket, accept);
      });
      // Later errors are those of one connection that could not be accepted: no reason to stop.
      const settle = once(opened);
      server.on('error', (error) => settle(bad(portSentence(at, error))));
      server.listen(at.port, at.host, () => {
        const bound = server.address();
        settle(
          good({ host: at.host, port: typeof bound === 'object' && bound ? bound.port : at.port }),
        );
      });
      return {
        close() {
          server.close();
          for (const socket of sockets) endAccepted(socket);
        },
      };
    },

    connect(to, events) {
      const socket = connect(to.port, to.host);
      socket.on('connect', () => {
        socket.setKeepAlive(true, KEEP_ALIVE_MS);
        events.opened(connectionOf(socket, to));
      });
      forward(socket, events);
    },

    send: makeUdpSender(),
  };
}

/** One socket of each family sends all packets, and keeps the process up only while one is on its way. */
function makeUdpSender(): Net['send'] {
  const ways = new Map<UdpFamily, UdpWay>();

  function openWay(family: UdpFamily): UdpWay {
    const socket = createSocket(family);
    // UDP promises nothing: a packet that cannot be sent is a packet that is lost.
    socket.on('error', () => {
      ways.delete(family);
      socket.close();
    });
    const way = { socket, packets: 0 };
    ways.set(family, way);
    return way;
  }

  return (to, packet) => {
    const family = isIPv6(to.host) ? 'udp6' : 'udp4';
    const way = ways.get(family) ?? openWay(family);
    if (way.packets++ === 0) way.socket.ref();
    // A copy, because Node reads the bytes only after this call.
    way.socket.send(Buffer.from(packet), to.port, to.host, () => {
      if (--way.packets === 0) way.socket.unref();
    });
  };
}

type UdpFamily = 'udp4' | 'udp6';

interface UdpWay {
  readonly socket: UdpSocket;
  /** Packets that the kernel does not have yet. */
  packets: number;
}

/** `join` makes the bound socket a member of a group, which other programs of this machine may be too. */
export function bindUdp(
  at: Address,
  receive: Receive,
  opened: Opened,
  join: ((socket: UdpSocket) => void) | null,
): Listener {
  const type = isIPv6(at.host) ? 'udp6' : 'udp4';
  const socket = createSocket({ type, reuseAddr: join !== null });
  let isClosed = false;
  const settle = once(opened);
  socket.on('error', (error) => settle(bad(portSentence(at, error))));
  let flood: Flood | null = null;
  socket.on('message', (packet, from) => {
    receive(packet, { host: from.address, port: from.port });
    flood?.event();
  });
  socket.bind(at.port, at.host, () => {
    try {
      join?.(socket);
    } catch (error) {
      return settle(bad(`Joining the group ${at.host} failed: ${messageOf(error)}.`));
    }
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    } catch {
      // The kernel's limit is smaller; it then keeps its own size, which is no reason to stop.
    }
    flood = makeFlood(socket, (packet) => receive(packet, NOBODY));
    settle(good({ host: at.host, port: socket.address().port }));
  });
  return {
    close() {
      if (isClosed) return;
      isClosed = true;
      flood?.stop();
      socket.close();
    },
  };
}

/** UDP and TCP may fail again after they have opened; who asked is told once. */
function once(opened: Opened): Opened {
  let isSettled = false;
  return (result) => {
    if (isSettled) return;
    isSettled = true;
    opened(result);
  };
}

export function attach(socket: Socket, accept: Accept): void {
  // Whose machine went away without a word would be counted for ever.
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const peer = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  forward(socket, accept(connectionOf(socket, peer)));
}

/** Who sent what nobody has read gets a reset, as from a process that dies: an orderly end would say that all was read. */
function endAccepted(socket: Socket): void {
  if (socket.readableLength > 0) socket.resetAndDestroy();
  else if (socket.writableLength > 0) socket.destroySoon();
  // The kernel does the same with what it still holds, but not after a FIN.
  else socket.destroy();
}

function connectionOf(socket: Socket, peer: Address): Connection {
  return {
    peer,
    write(what) {
      // A copy, because Node reads the bytes after this call when the kernel does not take them all.
      if (socket.writable) socket.write(typeof what === 'string' ? what : Buffer.from(what));
    },
    // An end alone would wait for the other side, which may never come.
    close: () => socket.destroySoon(),
    finish: () => void socket.end(),
    pause: (paused) => void (paused ? socket.pause() : socket.resume()),
  };
}

function forward(socket: Socket, events: ConnectionEvents): void {
  let why: string | null = null;
  socket.on('data', (bytes) => events.received(bytes));
  socket.on('error', (error) => {
    why = error.message;
  });
  socket.on('close', () => events.closed(why));
}

function portSentence(at: Address, error: Error): string {
  if ('code' in error && error.code === 'EADDRINUSE')
    return `The port ${at.port} on ${at.host} is in use.`;
  return `Listening on ${at.host}:${at.port} failed: ${error.message}.`;
}
