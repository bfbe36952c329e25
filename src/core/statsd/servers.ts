// What listens for a StatsD.

import { bad, good, type Result } from '../base/result.ts';
import type {
  Accept,
  Address,
  Connection,
  ConnectionEvents,
  Listener,
  Net,
  Opened,
} from '../host/net.ts';
import type { StatsdServer, UnixServer } from './config.ts';

/** Bytes without a newline that a TCP sender may have waiting; then its connection is closed. */
export const TCP_LINE_BYTES_MAX = 1_048_576;

/**
 * Opens a server; `take` gets the bytes of each packet. Over TCP a packet is everything up to the last newline
 * that has arrived; what follows it waits, and is dropped when the connection ends. The real program reads TCP as
 * ASCII and drops the high bit of each byte: `strict` does too.
 */
export function openServer(
  { net, listenUnix }: ServerHost,
  server: StatsdServer,
  strict: boolean,
  take: TakePacket,
  opened: Opened,
): Listener {
  const accept: Accept = (connection) => acceptPackets(connection, strict, take);
  if (server.protocol === 'unix') {
    if (listenUnix) return listenUnix(server, accept, opened);
    opened(bad(`There are no sockets with a path here, such as ${server.path}.`));
    return { close: () => undefined };
  }
  return server.protocol === 'udp'
    ? net.listenUdp(server.address, take, opened)
    : net.listenTcp(server.address, accept, opened);
}

export interface ServerHost {
  readonly net: Net;
  readonly listenUnix?: ListenUnix;
}

/** The address it tells has the path as its host. */
export type ListenUnix = (server: UnixServer, accept: Accept, opened: Opened) => Listener;

/** `from` is known of UDP and TCP. */
export type TakePacket = (packet: Uint8Array, from: Address) => void;

const NEWLINE = 10;

function acceptPackets(
  connection: Connection,
  strict: boolean,
  take: TakePacket,
): ConnectionEvents {
  let rest = new Uint8Array(0);
  let isOpen = true;
  return {
    received(bytes) {
      if (!isOpen) return;
      const joined = new Uint8Array(rest.length + bytes.length);
      joined.set(rest);
      joined.set(strict ? bytes.map((byte) => byte & 0x7f) : bytes, rest.length);
      const end = joined.lastIndexOf(NEWLINE) + 1;
      if (end > 0) take(joined.subarray(0, end), connection.peer);
      rest = joined.slice(end);
      if (rest.length <= TCP_LINE_BYTES_MAX) return;
      isOpen = false;
      connection.close();
    },
    closed: () => undefined,
  };
}

/** Opens all, and calls `opened` when the last of them has answered, with the addresses in their order. */
export function openAll(
  openers: readonly ((opened: Opened) => Listener)[],
  opened: (result: Result<readonly Address[]>) => void,
): Listener[] {
  const addresses: Address[] = [];
  let whyNot: string | null = null;
  let answers = 0;
  if (openers.length === 0) opened(good(addresses));
  return openers.map((open, i) =>
    open((result) => {
      if (result.ok) addresses[i] = result.value;
      else whyNot ??= result.why;
      if (++answers === openers.length) opened(whyNot === null ? good(addresses) : bad(whyNot));
    }),
  );
}
