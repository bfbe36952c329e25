// Series of different steps brought to one grid, so that their values can be taken row by row.

import { consolidated } from './consolidate.ts';
import type { Series } from './series.ts';

/** Series on one grid. Rows are by index, not by time, and as long as the longest column. */
export interface Grid {
  readonly series: readonly Series[];
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly columns: readonly Float64Array[];
  readonly rows: number;
}

/** Null when there are no series: functions then give an empty list. */
export function normalize(series: readonly Series[]): Grid | null {
  const [first, ...others] = series;
  if (!first) return null;
  let step = first.step;
  let start = first.start;
  let end = first.end;
  for (const other of others) {
    step = leastCommonMultiple(step, other.step);
    start = Math.min(start, other.start);
    end = Math.max(end, other.end);
  }
  end -= (end - start) % step;
  const columns = series.map((one) => consolidated(one, Math.floor(step / one.step)));
  const rows = columns.reduce((longest, column) => Math.max(longest, column.length), 0);
  return { series, start, end, step, columns, rows };
}

/** One value for each row of `grid`. `row` is the same array each time, filled anew. */
export function mapRows(grid: Grid, combine: (row: Float64Array) => number): Float64Array {
  const values = new Float64Array(grid.rows);
  const row = new Float64Array(grid.columns.length);
  for (let index = 0; index < values.length; index++) {
    for (let column = 0; column < row.length; column++)
      row[column] = grid.columns[column]?.[index] ?? NaN;
    values[index] = combine(row);
  }
  return values;
}

export function leastCommonMultiple(left: number, right: number): number {
  if (left === right) return left;
  return (left / greatestCommonDivisor(left, right)) * right;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
