// The last time that each metric which waits is written, as fast as two limits let it.

import type { Cache } from './cache.ts';
import type { Tokens } from './tokens.ts';

export interface Finish {
  /** True when it must wait for a limit, false when every metric had its turn. */
  turn(steadyMs: number): boolean;
  /** Points of the metrics that had no turn yet. */
  left(): number;
}

type Write = (id: number, creating: Tokens, updating: Tokens) => void;

/** Of the metrics that wait now. Where files may not be made, those that have one wait too: the order stays. */
export function makeFinish(cache: Cache, write: Write, creating: Tokens, updating: Tokens): Finish {
  const ids = cache.waiting();
  let next = 0;
  return {
    turn(steadyMs) {
      for (const id of ids.slice(next)) {
        if (!updating.has(steadyMs) || !creating.has(steadyMs)) return true;
        write(id, creating, updating);
        next++;
      }
      return false;
    },
    left: () => ids.slice(next).reduce((points, id) => points + cache.count(id), 0),
  };
}
