// One series divided by another.

import { computed } from './change.ts';
import { mapRows, normalize } from './normalize.ts';
import { assert } from '../base/assert.ts';
import type { Series } from './series.ts';

/** divideSeries(a,b); a gap where either has one or the divisor is 0. */
export function divide(dividend: Series, divisor: Series, xFilesFactor: number): Series {
  return combineTwo(
    dividend,
    divisor,
    `divideSeries(${dividend.name},${divisor.name})`,
    xFilesFactor,
    quotient,
  );
}

export function quotient(value: number, divisor: number): number {
  return divisor === 0 ? NaN : value / divisor;
}

/** A new series of `combine(left, right)` at every row. */
export function combineTwo(
  left: Series,
  right: Series,
  name: string,
  xFilesFactor: number,
  combine: (left: number, right: number) => number,
): Series {
  const grid = normalize([left, right]);
  assert(grid !== null, 'two series are a list of series');
  return computed({
    name,
    start: grid.start,
    end: grid.end,
    step: grid.step,
    values: mapRows(grid, (row) => combine(row[0] ?? NaN, row[1] ?? NaN)),
    xFilesFactor,
  });
}
