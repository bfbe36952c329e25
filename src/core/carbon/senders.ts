// The TCP connections of one Carbon: how many are listened to, and when they have to wait.
//
//   new --> open       read, unless a full cache makes all of them wait
//       '-> waiting    there are as many as may be: its bytes stay in the network until another ends
//
// The real program leaves such a connection in the kernel's queue; to its sender both look the same.

import type { Clock } from '../host/clock.ts';
import type { Connection } from '../host/net.ts';

export interface Senders {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  /** Those that are read, or would be. */
  count(): number;
  pause(paused: boolean): void;
  /** A point came from it just now. */
  heard(connection: Connection): void;
  /** Ends those from which nothing came for longer than `idleMs`; one that we let wait is not to blame. */
  closeIdle(idleMs: number): void;
  closeAll(): void;
}

export function makeSenders(
  connectionsMax: number,
  { steadyMs }: Pick<Clock, 'steadyMs'>,
): Senders {
  /** With when something came last, by the steady clock. */
  const open = new Map<Connection, number>();
  const waiting = new Set<Connection>();
  let isPaused = false;

  return {
    add(connection) {
      const hasPlace = open.size < connectionsMax;
      if (hasPlace) open.set(connection, steadyMs());
      else waiting.add(connection);
      if (!hasPlace || isPaused) connection.pause(true);
    },
    remove(connection) {
      waiting.delete(connection);
      open.delete(connection);
      const [next] = waiting;
      if (next === undefined || open.size >= connectionsMax) return;
      waiting.delete(next);
      open.set(next, steadyMs());
      next.pause(isPaused);
    },
    count: () => open.size,
    pause(paused) {
      if (paused === isPaused) return;
      isPaused = paused;
      for (const connection of open.keys()) {
        open.set(connection, steadyMs());
        connection.pause(paused);
      }
    },
    heard: (connection) => void open.set(connection, steadyMs()),
    closeIdle(idleMs) {
      if (isPaused) return;
      for (const [connection, heardMs] of open)
        if (steadyMs() - heardMs > idleMs) connection.close();
    },
    closeAll() {
      for (const connection of [...open.keys(), ...waiting]) connection.close();
    },
  };
}
