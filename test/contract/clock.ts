// What every Clock keeps, real or simulated.

import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/host/clock.ts';

export interface ClockPlace {
  readonly clock: Clock;
  /** Lets that much time of this clock pass. */
  pass(ms: number): Promise<void>;
}

/** Apart enough that a busy machine keeps the order of two real timers. */
const STEP_MS = 20;
/** An appointment of a real clock may be late by this much on a busy machine. */
const LATE_MS_MAX = 200;
const YEAR_2020_MS = 1_577_836_800_000;

export function clockContract(name: string, make: () => ClockPlace): void {
  describe(`the clock ${name}`, () => {
    it('counts milliseconds since 1970, forwards', async () => {
      const { clock, pass } = make();
      const before = clock.now();
      expect(before).toBeGreaterThan(YEAR_2020_MS);
      await pass(STEP_MS);
      expect(clock.now()).toBeGreaterThan(before);
    });

    it('has a steady clock that goes forward by as much', async () => {
      const { clock, pass } = make();
      const before = clock.steadyMs();
      await pass(STEP_MS);
      const passedMs = clock.steadyMs() - before;
      // A real timer may ring a little early by another clock.
      expect(passedMs).toBeGreaterThan(STEP_MS / 2);
      expect(passedMs).toBeLessThan(STEP_MS + LATE_MS_MAX);
    });

    it('keeps an appointment once, and not before its time', async () => {
      const { clock, pass } = make();
      const timeMs = clock.now() + STEP_MS;
      const ranAt: number[] = [];
      clock.at(timeMs, () => ranAt.push(clock.now()));
      await pass(STEP_MS + LATE_MS_MAX);
      expect(ranAt).toHaveLength(1);
      expect(ranAt[0]).toBeGreaterThanOrEqual(timeMs);
    });

    it('never keeps one inside the call that makes it, not even when its time is over', async () => {
      const { clock, pass } = make();
      const ran: string[] = [];
      clock.at(clock.now() - STEP_MS, () => ran.push('past'));
      clock.at(clock.now(), () => {
        clock.at(clock.now(), () => ran.push('made in an appointment'));
        ran.push('now');
      });
      expect(ran).toEqual([]);
      await pass(LATE_MS_MAX);
      expect(ran.toSorted()).toEqual(['made in an appointment', 'now', 'past']);
      expect(ran.indexOf('now')).toBeLessThan(ran.indexOf('made in an appointment'));
    });

    it('keeps the earlier one first, whichever was asked first', async () => {
      const { clock, pass } = make();
      const startMs = clock.now();
      const ran: number[] = [];
      for (const step of [3, 1, 4, 2]) clock.at(startMs + step * STEP_MS, () => ran.push(step));
      await pass(4 * STEP_MS + LATE_MS_MAX);
      expect(ran).toEqual([1, 2, 3, 4]);
    });

    it('drops one that is taken back, also twice, too late, or by another appointment', async () => {
      const { clock, pass } = make();
      const startMs = clock.now();
      const ran: string[] = [];
      const takeBack = clock.at(startMs + STEP_MS, () => ran.push('taken back'));
      takeBack();
      takeBack();
      const second = clock.at(startMs + 2 * STEP_MS, () => ran.push('taken back by another'));
      clock.at(startMs + STEP_MS, () => second());
      const kept = clock.at(startMs + STEP_MS, () => ran.push('kept'));
      await pass(2 * STEP_MS + LATE_MS_MAX);
      kept();
      expect(ran).toEqual(['kept']);
    });
  });
}
