// The port to the network. Calls return at once; what happens later arrives as an event.

import type { Result } from '../base/result.ts';

export interface Net {
  /** Receives UDP packets sent to `at`. */
  listenUdp(at: Address, receive: Receive, opened: Opened): Listener;
  /** Accepts TCP connections made to `at`. */
  listenTcp(at: Address, accept: Accept, opened: Opened): Listener;
  /** Makes a TCP connection; its events say whether that worked. */
  connect(to: Address, events: DialEvents): void;
  /**
   * Sends one UDP packet; the bytes may be used again at once. Nobody is told whether it arrives:
   * that is UDP.
   */
  send(to: Address, packet: Uint8Array): void;
}

/** `host` is an IP address, `port` 1 to 65535; a listener may ask for port 0, any free one. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Whether only this machine can reach an IP address. */
export function isLoopback(host: string): boolean {
  return host === '::1' || host.startsWith('127.');
}

/** Longest content of one UDP packet over IPv4; a longer one is lost. */
export const UDP_PACKET_BYTES_MAX = 65_507;

/** Where packets flood in, most have "" for the host of their sender and 0 for its port: asking for it costs more than the packet. */
export type Receive = (packet: Uint8Array, from: Address) => void;
export type Accept = (connection: Connection) => ConnectionEvents;
/** Called once, after the call that asks: with the address in use, or with why there is none. */
export type Opened = (result: Result<Address>) => void;

export interface Listener {
  /** Stops listening and closes accepted connections, paused ones too. Calling it again does nothing. */
  close(): void;
}

export interface Connection {
  readonly peer: Address;
  /** Bytes may be used again at once; a text goes as UTF-8. After the end of the connection it does nothing. */
  write(what: Uint8Array | string): void;
  /** Sends what was written, then ends. */
  close(): void;
  /**
   * Sends what was written, and that nothing more comes. The connection is over when the other side ends it as well, which it
   * does when it has read all; or with a reason, when it left something unread.
   */
  finish(): void;
  /** Stops (true) or continues (false) reading: how a full cache slows its senders down. */
  pause(paused: boolean): void;
}

export interface ConnectionEvents {
  received(bytes: Uint8Array): void;
  /** The last event. `why` is null after an ordinary end. */
  closed(why: string | null): void;
}

export interface DialEvents extends ConnectionEvents {
  opened(connection: Connection): void;
}
