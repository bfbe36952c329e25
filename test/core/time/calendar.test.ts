import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timesInTier } from '../../tools/tier.ts';
import {
  dateOf,
  daysSince1970,
  isRealDate,
  wallText,
  weekdayOf,
} from '../../../src/core/time/calendar.ts';

const SEED = 20150308;
const RUNS = timesInTier(10_000);
const DAY_MS = 86_400_000;

test('every day is the day that the machine calendar shows', () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
      const real = new Date(days * DAY_MS);
      expect(dateOf(days)).toEqual({
        year: real.getUTCFullYear(),
        month: real.getUTCMonth() + 1,
        day: real.getUTCDate(),
      });
      expect(daysSince1970(dateOf(days))).toBe(days);
      expect(weekdayOf(days)).toBe(real.getUTCDay());
    }),
    { seed: SEED, numRuns: RUNS },
  );
});

test('the 29th of February is real in a leap year only', () => {
  expect(isRealDate({ year: 2024, month: 2, day: 29 })).toBe(true);
  expect(isRealDate({ year: 2100, month: 2, day: 29 })).toBe(false);
});

test('a time is written as a clock on the wall shows it', () => {
  expect(wallText(1_700_000_040)).toBe('2023-11-14 22:14:00');
});
