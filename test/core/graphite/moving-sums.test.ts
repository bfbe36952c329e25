import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aggregationNamed,
  countKnown,
  enoughKnown,
} from '../../../src/core/graphite/aggregation.ts';
import { movingSums } from '../../../src/core/graphite/moving-sums.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20261127;
const RUNS = timesInTier(5000, 10);

const values = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
    fc.constant(NaN),
  ),
  { maxLength: 60 },
);

test(`moving sums are those of each window by itself, to the last digit (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.constantFrom('average', 'avg', 'sum'),
      values,
      fc.integer({ min: 4, max: 30 }),
      fc.constantFrom(0, 0.5, 1),
      (func, list, points, share) => {
        const all = Float64Array.from(list);
        const combine = aggregationNamed(func);
        const expected = Array.from({ length: Math.max(0, all.length - points) }, (_, i) => {
          const window = all.subarray(i + 1, i + 1 + points);
          return enoughKnown(countKnown(window), points, share) ? combine?.(window) : NaN;
        });
        // Nobody prints the sign of a zero.
        const found = movingSums(func, all, points, share)?.map((value) => value + 0);
        expect([...(found ?? [])]).toEqual(expected.map((value) => (value ?? NaN) + 0));
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
});

test('a window of three, and what is no sum, is for others', () => {
  const all = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect(movingSums('average', all, 3, 0)).toBeNull();
  expect(movingSums('median', all, 4, 0)).toBeNull();
  expect(movingSums('constructor', all, 4, 0)).toBeNull();
});
