import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { makeWorldClock } from '../../src/core/world/clock.ts';
import { makeNodeClock } from '../../src/node/clock.ts';
import { clockContract, type ClockPlace } from './clock.ts';

const START_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;

function makeReal(): ClockPlace {
  return { clock: makeNodeClock(), pass: (ms) => wait(ms) };
}

function makeSimulated(): ClockPlace {
  const clock = makeWorldClock(START_MS);
  return { clock, pass: async (ms) => void clock.run(clock.now() + ms) };
}

clockContract('of this machine', makeReal);
clockContract('of the simulated world', makeSimulated);

// A real timer that is asked to wait for more than 24.8 days rings at once.
it.each([
  ['this machine', 25, makeReal],
  ['this machine', 4000, makeReal],
  ['the simulated world', 4000, makeSimulated],
])('the clock of %s does not mistake %d days from now for now', async (_, days, make) => {
  const { clock, pass } = make();
  let isRun = false;
  const takeBack = clock.at(clock.now() + days * DAY_MS, () => (isRun = true));
  await pass(20);
  takeBack();
  expect(isRun).toBe(false);
});

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([-3600, 3600])(
  'the clock of this machine keeps an appointment when the date is set by %d s meanwhile',
  async (seconds) => {
    const clock = makeNodeClock();
    const startMs = clock.steadyMs();
    const rang = new Promise<number>((resolve) => {
      clock.at(clock.now() + 200, () => resolve(clock.steadyMs() - startMs));
    });
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1000);
    // A real timer may ring a little early by another clock.
    expect(await rang).toBeGreaterThan(150);
  },
);
