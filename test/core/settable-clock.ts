// The clock of a simulated world whose date somebody sets, while time itself goes on as before.

import type { Clock } from '../../src/core/host/clock.ts';

export interface SettableClock extends Clock {
  /** Forwards, or backwards with a negative number. */
  setBy(seconds: number): void;
}

/** Appointments keep their distance, as those of a real machine do. */
export function makeSettableClock(clock: Clock): SettableClock {
  let offsetMs = 0;
  return {
    now: () => clock.now() + offsetMs,
    steadyMs: () => clock.steadyMs(),
    at: (timeMs, run) => clock.at(timeMs - offsetMs, run),
    setBy(seconds) {
      offsetMs += seconds * 1000;
    },
  };
}
