// How the values of several fine slots become the value of one coarse slot.

/** In the order of their numbers in the file, 1 to 8. */
export const METHODS = [
  'average',
  'sum',
  'last',
  'max',
  'min',
  'avg_zero',
  'absmax',
  'absmin',
] as const;

export type Method = (typeof METHODS)[number];

/** The method of that name, or null: names are written exactly so in configuration files. */
export function parseMethod(name: string): Method | null {
  return METHODS.find((method) => method === name) ?? null;
}

/**
 * One value for `known`, the values that are there, in order of time, at least one. `slots` is how many
 * could be there: avg_zero counts the missing ones as 0.
 */
export function aggregate(method: Method, known: readonly number[], slots: number): number {
  return AGGREGATES[method](known, slots);
}

// Of equals, the first stays: that decides the sign of absmax and absmin.
const AGGREGATES: Readonly<Record<Method, (known: readonly number[], slots: number) => number>> = {
  average: (known) => sum(known) / known.length,
  sum: (known) => sum(known),
  last: (known) => known[known.length - 1] ?? NaN,
  max: (known) => known.reduce((best, value) => (value > best ? value : best)),
  min: (known) => known.reduce((best, value) => (value < best ? value : best)),
  avg_zero: (known, slots) => sum(known) / slots,
  absmax: (known) =>
    known.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best)),
  absmin: (known) =>
    known.reduce((best, value) => (Math.abs(value) < Math.abs(best) ? value : best)),
};

// Whisper adds from left to right and starts with 0, so that -0.0 alone gives 0.0.
function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
