// The port to UDP where packets go to names, to groups, and out of a certain interface: more than Net can.

import type { Result } from '../base/result.ts';
import type { Address, Listener, Receive } from './net.ts';

export interface Datagrams {
  /** Nothing is sent and no name is asked for until the first packet. `failed` is told each time a packet is lost here. */
  open(target: DatagramTarget, failed: (why: string) => void): DatagramSender;
  /**
   * Receives packets sent to each address of a host; with a group of multicast, it joins. `opened` is called once, with
   * all addresses in use or with why there is none.
   */
  listen(
    at: DatagramPlace,
    receive: Receive,
    opened: (result: Result<readonly Address[]>) => void,
  ): Listener;
}

export interface DatagramPlace {
  /** An IPv4 or IPv6 address, or a name. */
  readonly host: string;
  readonly port: number;
  /** "" for what the system chooses. */
  readonly interface: string;
}

export interface DatagramTarget extends DatagramPlace {
  /** The address that packets come from; "" for what the system chooses. */
  readonly bindAddress: string;
  /** Seconds after which a name is asked for anew; 0 never. */
  readonly resolveInterval: number;
  /** Routers that a packet may pass; 0 for what the system says. */
  readonly timeToLive: number;
}

export interface DatagramSender {
  /** The bytes must not change any more. */
  send(packet: Uint8Array): void;
  /** Sends what waits, then closes. */
  close(): void;
}
