// Many values to one. A gap is NaN; what is left out of a mean or a sum is never counted as 0,
// except by avg_zero, whose name says so.

/** One value from a row that may have gaps; NaN when there is none. */
export type Aggregation = (row: ArrayLike<number>) => number;

const AGGREGATIONS: Readonly<Record<string, Aggregation>> = {
  average,
  avg_zero: averageZero,
  median,
  sum,
  min,
  max,
  diff,
  stddev,
  count: countKnown,
  range,
  multiply,
  last,
};

/** Other words for the same. */
const SYNONYMS: Readonly<Record<string, string>> = {
  rangeOf: 'range',
  avg: 'average',
  total: 'sum',
  current: 'last',
};

/** Those that give an int when all they get are ints. */
const KEEPS_WHOLE: readonly string[] = [
  'sum',
  'min',
  'max',
  'diff',
  'count',
  'range',
  'multiply',
  'last',
];

/** The function called `name`, or null. */
export function aggregationNamed(name: string): Aggregation | null {
  const known = Object.hasOwn(SYNONYMS, name) ? (SYNONYMS[name] ?? name) : name;
  return Object.hasOwn(AGGREGATIONS, known) ? (AGGREGATIONS[known] ?? null) : null;
}

export function isAggregation(name: string): boolean {
  return aggregationNamed(name) !== null;
}

export function keepsWhole(name: string): boolean {
  return KEEPS_WHOLE.includes(SYNONYMS[name] ?? name);
}

/** Number of values that are not gaps. */
export function countKnown(row: ArrayLike<number>): number {
  let known = 0;
  for (let index = 0; index < row.length; index++) if (!Number.isNaN(row[index])) known++;
  return known;
}

/** True when enough of `total` values are known: at least one, and the share of an xFilesFactor. */
export function enoughKnown(known: number, total: number, xFilesFactor: number): boolean {
  return known > 0 && known / total >= xFilesFactor;
}

/** False for values above `limit`: a series without values is lower than every number. */
export function isAtMost(value: number, limit: number): boolean {
  return Number.isNaN(value) || value <= limit;
}

function fold(row: ArrayLike<number>, step: (left: number, right: number) => number): number {
  let result = NaN;
  for (let index = 0; index < row.length; index++) {
    const value = row[index] ?? NaN;
    if (Number.isNaN(value)) continue;
    result = Number.isNaN(result) ? value : step(result, value);
  }
  return result;
}

export function sum(row: ArrayLike<number>): number {
  return fold(row, (left, right) => left + right);
}

export function average(row: ArrayLike<number>): number {
  return sum(row) / countKnown(row);
}

export function min(row: ArrayLike<number>): number {
  return fold(row, (left, right) => Math.min(left, right));
}

export function max(row: ArrayLike<number>): number {
  return fold(row, (left, right) => Math.max(left, right));
}

export function last(row: ArrayLike<number>): number {
  return fold(row, (_, right) => right);
}

function diff(row: ArrayLike<number>): number {
  return fold(row, (left, right) => left - right);
}

function range(row: ArrayLike<number>): number {
  return max(row) - min(row);
}

function averageZero(row: ArrayLike<number>): number {
  if (row.length === 0) return NaN;
  return countKnown(row) === 0 ? 0 : sum(row) / row.length;
}

// One gap makes the product a gap.
function multiply(row: ArrayLike<number>): number {
  if (row.length === 0) return NaN;
  let product = 1;
  for (let index = 0; index < row.length; index++) product *= row[index] ?? NaN;
  return product;
}

function median(row: ArrayLike<number>): number {
  const sorted = sortedKnown(row);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Mean square distance from the mean, over all values, not over one less. */
export function variance(row: ArrayLike<number>): number {
  const mean = average(row);
  let squares = 0;
  for (let index = 0; index < row.length; index++) {
    const value = row[index] ?? NaN;
    if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  }
  return squares / countKnown(row);
}

function stddev(row: ArrayLike<number>): number {
  return Math.sqrt(variance(row));
}

/** The values that are not gaps, smallest first. */
export function sortedKnown(row: ArrayLike<number>): Float64Array {
  return Float64Array.from(row)
    .filter((value) => !Number.isNaN(value))
    .sort();
}
