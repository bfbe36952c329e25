// A clock that stands still until it is told to go on: simulated time.

import { assert } from '../base/assert.ts';
import type { Clock } from '../host/clock.ts';

export interface WorldClock extends Clock {
  /**
   * Lets time pass until `timeMs`, running what is due in order of time, then of asking. Stops early
   * after `eventsMax` events and says how far it came, so that a page stays responsive.
   */
  run(timeMs: number, eventsMax?: number): number;
}

interface Appointment {
  readonly timeMs: number;
  readonly order: number;
  run: (() => void) | null;
}

export function makeWorldClock(startMs: number): WorldClock {
  // A binary heap: the parent of entry i is entry (i - 1) / 2, and never later than it.
  const heap: Appointment[] = [];
  let nowMs = startMs;
  let asked = 0;

  function push(appointment: Appointment): void {
    let at = heap.push(appointment) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, appointment)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = appointment;
  }

  function pop(): Appointment | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const child = earlierChild(at);
      const below = heap[child];
      if (below === undefined || isBefore(last, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  function earlierChild(at: number): number {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
  }

  return {
    now: () => nowMs,
    steadyMs: () => nowMs - startMs,
    at(timeMs, run) {
      const appointment: Appointment = { timeMs: Math.max(timeMs, nowMs), order: asked++, run };
      push(appointment);
      return () => {
        appointment.run = null;
      };
    },
    run(timeMs, eventsMax = Infinity) {
      assert(timeMs >= nowMs, 'simulated time only goes forwards');
      let events = 0;
      while (events < eventsMax) {
        const next = heap[0];
        if (next === undefined || next.timeMs > timeMs) {
          nowMs = timeMs;
          return nowMs;
        }
        pop();
        nowMs = next.timeMs;
        if (next.run === null) continue;
        events++;
        next.run();
      }
      return nowMs;
    },
  };
}

function isBefore(left: Appointment, right: Appointment): boolean {
  return left.timeMs < right.timeMs || (left.timeMs === right.timeMs && left.order < right.order);
}
