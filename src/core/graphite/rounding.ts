// Rounding as Python's round() does it: to the nearest, and a value exactly between two to the even one.

/** Decimal places that toFixed can show and that are enough to see a value exactly between two. */
const EXACT_DIGITS = 30;

/** `digits` are places after the point; negative ones are before it: -2 rounds to hundreds. */
export function pythonRound(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > EXACT_DIGITS) return value;
  if (digits < 0) return pythonRound(value / 10 ** -digits, 0) * 10 ** -digits;
  const rounded = Number(value.toFixed(digits));
  // toFixed rounds a tie away from zero. Ties are rare, so the costly look is taken only near one.
  const scale = 10 ** digits;
  const scaled = Math.abs(value) * scale;
  if (Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-6 || scaled > 2 ** 50) return rounded;
  const exact = Math.abs(value).toFixed(EXACT_DIGITS);
  const rest = exact.slice(exact.indexOf('.') + 1 + digits);
  if (!/^50*$/.test(rest)) return rounded;
  const below = Math.floor(scaled);
  const even = below % 2 === 0 ? below : below + 1;
  return (value < 0 ? -even : even) / scale;
}
