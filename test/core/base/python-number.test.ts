import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonNumber } from '../../../src/core/base/number.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20261128;
const RUNS = timesInTier(100_000, 20);

/** Numbers with few places and their neighbours, which have many. */
const value = fc.oneof(
  fc.integer({ min: -2_000_000, max: 2_000_000 }).map((count) => count / 1000),
  fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map((count) => count / 1000),
  fc.integer({ min: -99_999, max: 99_999 }).map((count) => count / 1000 + Number.EPSILON),
  fc.double({ min: 1e-4, max: 1e15, noNaN: true }),
);

test(`a float is printed with as few digits as tell it apart, and a point (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      value.filter((each) => each === 0 || Math.abs(each) >= 1e-4),
      (each) => {
        const shortest = String(each === 0 ? 0 : each);
        expect(pythonNumber(each === 0 ? 0 : each)).toBe(
          shortest.includes('.') ? shortest : `${shortest}.0`,
        );
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
});

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [-0.5, '-0.5'],
  [100, '100.0'],
  [1e16, '1e+16'],
  [0.00001, '1e-05'],
  [1234567.891, '1234567.891'],
  [0.0005, '0.0005'],
])('%d is %s', (each, text) => {
  expect(pythonNumber(each)).toBe(text);
});
