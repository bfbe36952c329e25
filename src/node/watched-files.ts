// Files that are read again when they change: by their time and size, asked for every so often.

import { statSync } from 'node:fs';
import type { Cancel, Clock } from '../core/host/clock.ts';

/** Calls `changed` after one of the files was written, made or removed. */
export function watchFiles(
  clock: Clock,
  everyMs: number,
  paths: readonly string[],
  changed: () => void,
): Cancel {
  let before = stateOf(paths);
  let next: Cancel = () => undefined;

  function look(): void {
    const now = stateOf(paths);
    if (now !== before) changed();
    before = now;
    next = clock.at(clock.now() + everyMs, look);
  }

  next = clock.at(clock.now() + everyMs, look);
  return () => next();
}

function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found ? `${found.mtimeMs} ${found.size}` : 'none';
    })
    .join();
}
