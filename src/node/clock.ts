// Real time. Appointments hang on the monotonic clock, so that a corrected wall clock breaks none.

import type { Clock } from '../core/host/clock.ts';

/** setTimeout takes at most this many milliseconds; longer waits are taken in pieces. */
const TIMEOUT_MS_MAX = 2_147_483_647;

export function makeNodeClock(): Clock {
  return {
    now: () => Date.now(),
    at(timeMs, run) {
      let timer: NodeJS.Timeout | undefined;
      const wait = (): void => {
        const leftMs = timeMs - Date.now();
        if (leftMs > TIMEOUT_MS_MAX) timer = setTimeout(wait, TIMEOUT_MS_MAX);
        // A timer may ring a little early by the wall clock; then it waits for the rest.
        else timer = setTimeout(() => (Date.now() < timeMs ? wait() : run()), Math.max(0, leftMs));
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
