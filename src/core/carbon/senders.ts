// The TCP connections of one Carbon, so that a full cache can slow all of them down at once.

import type { Connection } from '../host/net.ts';

export interface Senders {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  count(): number;
  pause(paused: boolean): void;
  closeAll(): void;
}

export function makeSenders(): Senders {
  const open = new Set<Connection>();
  let isPaused = false;
  return {
    add(connection) {
      open.add(connection);
      if (isPaused) connection.pause(true);
    },
    remove(connection) {
      open.delete(connection);
    },
    count: () => open.size,
    pause(paused) {
      if (paused === isPaused) return;
      isPaused = paused;
      for (const connection of open) connection.pause(paused);
    },
    closeAll() {
      for (const connection of open) connection.close();
    },
  };
}
