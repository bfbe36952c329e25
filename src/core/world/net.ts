// A network in memory, as bad as it is told to be: packets are late, lost or doubled, by dice.

import { encodeUtf8 } from '../base/text.ts';
import { bad, good } from '../base/result.ts';
import type { Random } from '../base/random.ts';
import type { Clock } from '../host/clock.ts';
import {
  UDP_PACKET_BYTES_MAX,
  type Accept,
  type Address,
  type Connection,
  type ConnectionEvents,
  type Listener,
  type Net,
  type Opened,
  type Receive,
} from '../host/net.ts';

export interface WorldNet extends Net {
  setFaults(faults: NetFaults): void;
  /** Packets given to the network, and those that nobody received. */
  counts(): { readonly sent: number; readonly lost: number };
}

/** TCP is late but never lossy; the faults are those of UDP. */
export interface NetFaults {
  /** 0 to 1: the part of packets that vanish. */
  readonly loss: number;
  /** 0 to 1: the part of packets that arrive twice. */
  readonly duplicate: number;
  readonly delayMsMin: number;
  /** A packet takes between the two; one that takes less overtakes the others. */
  readonly delayMsMax: number;
}

export const CALM: NetFaults = { loss: 0, duplicate: 0, delayMsMin: 1, delayMsMax: 1 };

/** Where port 0 starts to look for a free one, as Linux does. */
const FREE_PORT_FIRST = 32_768;
const PORT_MAX = 65_535;

export function makeWorldNet(clock: Clock, random: Random): WorldNet {
  const udpPorts = new Map<number, Receive>();
  const tcpPorts = new Map<number, Door>();
  let faults = CALM;
  let sent = 0;
  let lost = 0;
  let senderPort = FREE_PORT_FIRST;

  function later(run: () => void, delayMs = CALM.delayMsMin): void {
    clock.at(clock.now() + delayMs, run);
  }

  function delayMs(): number {
    const span = faults.delayMsMax - faults.delayMsMin;
    return faults.delayMsMin + (span > 0 ? random.below(span + 1) : 0);
  }

  function bind<T>(ports: Map<number, T>, at: Address, value: T): Address | null {
    let port = at.port;
    if (port === 0) for (port = FREE_PORT_FIRST; ports.has(port); port++);
    if (ports.has(port) || port > PORT_MAX) return null;
    ports.set(port, value);
    return { host: at.host, port };
  }

  function deliver(to: Address, packet: Uint8Array, from: Address): void {
    later(() => {
      const receive = udpPorts.get(to.port);
      if (receive) receive(packet, from);
      else lost++;
    }, delayMs());
  }

  return {
    listenUdp(at, receive, opened) {
      const bound = bind(udpPorts, at, receive);
      return listener({ ports: udpPorts, at, bound, opened, ended: () => undefined });
    },
    listenTcp(at, accept, opened) {
      const ends = new Set<End>();
      const bound = bind(tcpPorts, at, { accept, ends });
      const ended = (): void => {
        for (const end of ends) end.cut();
      };
      return listener({ ports: tcpPorts, at, bound, opened, ended });
    },
    connect(to, events) {
      later(() => {
        const door = tcpPorts.get(to.port);
        if (door === undefined) {
          events.closed(`connection refused by ${to.host}:${to.port}`);
          return;
        }
        const from = { host: to.host, port: nextSenderPort() };
        connectPair({ to, from, door, events, later });
      });
    },
    send(to, packet) {
      sent++;
      if (packet.length > UDP_PACKET_BYTES_MAX) {
        lost++;
        return;
      }
      // The bytes belong to the sender, who may use them again: a network carries a copy.
      const copy = packet.slice();
      const from = { host: to.host, port: senderPort };
      if (random.chance(faults.loss)) {
        lost++;
        return;
      }
      deliver(to, copy, from);
      if (random.chance(faults.duplicate)) deliver(to, copy, from);
    },
    setFaults(next) {
      faults = next;
    },
    counts: () => ({ sent, lost }),
  };

  function nextSenderPort(): number {
    senderPort = senderPort >= PORT_MAX ? FREE_PORT_FIRST : senderPort + 1;
    return senderPort;
  }

  function listener({ ports, at, bound, opened, ended }: Listening): Listener {
    let isClosed = false;
    later(() => {
      if (!isClosed) opened(bound ? good(bound) : bad(taken(at)));
    }, 0);
    return {
      close() {
        if (isClosed) return;
        isClosed = true;
        if (bound !== null) ports.delete(bound.port);
        ended();
      },
    };
  }
}

interface Listening {
  readonly ports: Map<number, unknown>;
  readonly at: Address;
  /** Null when the port is taken. */
  readonly bound: Address | null;
  readonly opened: Opened;
  /** What else ends with the listener. */
  readonly ended: () => void;
}

/** A TCP port that somebody listens at, and the accepted ends of its connections. */
interface Door {
  readonly accept: Accept;
  readonly ends: Set<End>;
}

function taken(at: Address): string {
  return `The port ${at.port} on ${at.host} is in use.`;
}

interface Pair {
  readonly to: Address;
  readonly from: Address;
  readonly door: Door;
  readonly events: ConnectionEvents & { opened(connection: Connection): void };
  readonly later: (run: () => void) => void;
}

/** Two ends of one connection; what one writes, the other receives in the same order. */
function connectPair({ to, from, door, events, later }: Pair): void {
  const near = makeEnd(to, later, () => undefined);
  const far = makeEnd(from, later, () => door.ends.delete(far));
  near.other = far;
  far.other = near;
  near.events = events;
  door.ends.add(far);
  far.events = door.accept(far.connection);
  events.opened(near.connection);
}

interface End {
  readonly connection: Connection;
  other: End | null;
  events: ConnectionEvents | null;
  /** Whether it waits for the end of the other. */
  isFinishing: boolean;
  /** Null stands for the end of the connection. */
  receive(bytes: Uint8Array | null): void;
  /** Closes without reading what has come. */
  cut(): void;
  /** The last event, once. */
  over(why: string | null): void;
}

function makeEnd(peer: Address, later: (run: () => void) => void, ended: () => void): End {
  /** After it, nothing is written; after `isOver`, nothing is read either. */
  let isClosed = false;
  let isOver = false;
  let isPaused = false;
  const waiting: (Uint8Array | null)[] = [];

  function drain(): void {
    while (!isPaused && !isOver) {
      const bytes = waiting.shift();
      if (bytes === undefined) return;
      if (bytes === null) end.over(null);
      else end.events?.received(bytes);
    }
  }

  const end: End = {
    other: null,
    events: null,
    isFinishing: false,
    receive(bytes) {
      waiting.push(bytes);
      drain();
    },
    cut() {
      if (waiting.some((bytes) => bytes !== null))
        later(() => end.other?.over('the other side closed before it had read all'));
      end.connection.close();
      later(() => end.over(null));
    },
    over(why) {
      if (isOver) return;
      isOver = true;
      isClosed = true;
      ended();
      if (end.other?.isFinishing === true) later(() => end.other?.receive(null));
      end.events?.closed(why);
    },
    connection: {
      peer,
      write(what) {
        if (isClosed || what.length === 0) return;
        const copy = typeof what === 'string' ? encodeUtf8(what) : what.slice();
        later(() => end.other?.receive(copy));
      },
      close() {
        if (isClosed && !end.isFinishing) return;
        isClosed = true;
        end.isFinishing = false;
        later(() => {
          end.other?.receive(null);
          end.receive(null);
        });
      },
      finish() {
        if (isClosed) return;
        isClosed = true;
        end.isFinishing = true;
        later(() => end.other?.receive(null));
      },
      pause(paused) {
        isPaused = paused;
        drain();
      },
    },
  };
  return end;
}
