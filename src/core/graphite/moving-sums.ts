// Moving averages and sums, the windows that everybody asks for: four of them are added up in one go.
//
//   1 2 3 4 5 6 7 8
//   '-------'             windows of five; 4 and 5 are in all of them, and added to four sums at once
//     '-------'
//       '-------'
//         '-------'

import { countKnown, enoughKnown } from './aggregation.ts';

/** What is made of the sum and the count of known values, for the functions that need nothing else of a window. */
const MADE_OF_SUMS: Readonly<Record<string, (sum: number, known: number) => number>> = {
  average: (sum, known) => sum / known,
  avg: (sum, known) => sum / known,
  sum: (sum) => sum,
};

/** Whether `func` needs nothing but sums. */
export function isSummed(func: string): boolean {
  return Object.hasOwn(MADE_OF_SUMS, func);
}

/** Windows that are added up side by side: they share all values but three at each end. */
const SIDE_BY_SIDE = 4;

/**
 * The value of each window of `points` behind a point; `share` of them must be known. Every window is added up from its
 * first value, so that the last digits are those of one sum after the other. Null for what needs more than sums.
 */
export function movingSums(
  func: string,
  all: Float64Array,
  points: number,
  share: number,
): Float64Array | null {
  const combine = Object.hasOwn(MADE_OF_SUMS, func) ? MADE_OF_SUMS[func] : undefined;
  if (!combine || points < SIDE_BY_SIDE) return null;
  const values = new Float64Array(Math.max(0, all.length - points));
  // Gaps add nothing, and behind the end there are as many.
  const padded = new Float64Array(all.length + SIDE_BY_SIDE);
  for (let i = 0; i < all.length; i++) padded[i] = Number.isNaN(all[i]) ? 0 : (all[i] ?? 0);
  const at = (i: number): number => padded[i] ?? 0;
  let known = countKnown(all.subarray(0, points));
  const put = (index: number, sum: number): void => {
    if (index >= values.length) return;
    if (!Number.isNaN(all[index])) known--;
    if (!Number.isNaN(all[index + points])) known++;
    values[index] = enoughKnown(known, points, share) ? combine(sum, known) : NaN;
  };
  for (let first = 0; first < values.length; first += SIDE_BY_SIDE) {
    let a = at(first + 1) + at(first + 2) + at(first + 3);
    let b = at(first + 2) + at(first + 3);
    let c = at(first + 3);
    let d = 0;
    const last = first + points;
    for (let i = first + SIDE_BY_SIDE; i <= last; i++) {
      const value = padded[i] ?? 0;
      a += value;
      b += value;
      c += value;
      d += value;
    }
    put(first, a);
    put(first + 1, b + at(last + 1));
    put(first + 2, c + at(last + 1) + at(last + 2));
    put(first + 3, d + at(last + 1) + at(last + 2) + at(last + 3));
  }
  return values;
}
