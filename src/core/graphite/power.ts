// Powers as Python computes them, with a gap where Python raises an error.

/** A gap for a result too large, for 0 to a negative power, and for roots of negative numbers. */
export function power(base: number, exponent: number): number {
  const result = base ** exponent;
  return Number.isFinite(result) ? result : NaN;
}
