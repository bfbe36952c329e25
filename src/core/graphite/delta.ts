// Growth of a counter from one point to the next.

/** A counter's limits, where they are known: a counter at its largest value starts again at the smallest. */
export interface CounterLimits {
  readonly largest: number | null;
  readonly smallest: number | null;
}

/**
 * Growth at every point. A gap before or at a point is a gap in the result, and so is a counter that
 * went back, unless a limit says from where it went on. A value outside the limits counts as a gap.
 */
export function growth(values: Float64Array, limits: CounterLimits): Float64Array {
  let previous = NaN;
  return values.map((value) => {
    const usable = isInside(value, limits) ? value : NaN;
    const grown = growthBetween(previous, usable, limits);
    previous = usable;
    return grown;
  });
}

function isInside(value: number, { largest, smallest }: CounterLimits): boolean {
  return !(largest !== null && value > largest) && !(smallest !== null && value < smallest);
}

function growthBetween(previous: number, value: number, limits: CounterLimits): number {
  if (Number.isNaN(previous) || Number.isNaN(value)) return NaN;
  if (value >= previous) return value - previous;
  const { largest, smallest } = limits;
  if (largest !== null) return largest + 1 + value - previous - (smallest ?? 0);
  if (smallest !== null) return value - smallest;
  return NaN;
}
