// Real time. Appointments hang on the monotonic clock, so that a corrected wall clock breaks none.

import type { Clock } from '../core/host/clock.ts';

/** setTimeout takes at most this many milliseconds; longer waits are taken in pieces. */
const TIMEOUT_MS_MAX = 2_147_483_647;
/** So much the two clocks may drift apart in one wait. More is a correction of the wall clock. */
const DRIFT_MS_MAX = 20;

export function makeNodeClock(): Clock {
  return {
    now: () => Date.now(),
    steadyMs: () => performance.now(),
    at(timeMs, run) {
      const dueMs = performance.now() + Math.max(0, timeMs - Date.now());
      let timer: NodeJS.Timeout | undefined;
      const wait = (ms: number): void => {
        timer = setTimeout(ring, Math.min(ms, TIMEOUT_MS_MAX));
      };
      function ring(): void {
        const leftMs = dueMs - performance.now();
        if (leftMs > 0) return wait(leftMs);
        // A timer may ring a little early by the wall clock; then it waits for the rest.
        const earlyMs = timeMs - Date.now();
        if (earlyMs > 0 && earlyMs <= DRIFT_MS_MAX) return wait(earlyMs);
        run();
      }
      wait(dueMs - performance.now());
      return () => clearTimeout(timer);
    },
  };
}
