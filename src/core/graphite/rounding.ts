// Rounding as Python's round() does it: to the nearest, and a value exactly between two to the even one.

/** Decimal places that toFixed can show and that are enough to see a value exactly between two. */
const EXACT_DIGITS = 30;

/** Below this, a product's own rounding error stays far below TIE_WIDTH. */
const SAFE_SCALED = 2 ** 30;
const TIE_WIDTH = 1e-6;

/** `digits` are places after the point; negative ones are before it: -2 rounds to hundreds. */
export function pythonRound(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > EXACT_DIGITS) return value;
  if (digits < 0) return pythonRound(value / 10 ** -digits, 0) * 10 ** -digits;
  const scale = 10 ** digits;
  const scaled = Math.abs(value) * scale;
  const below = Math.floor(scaled);
  // Away from the middle between two results, and small enough to be multiplied without doubt, the
  // nearest whole number is right.
  const isClear = scaled < SAFE_SCALED && Math.abs(scaled - below - 0.5) > TIE_WIDTH;
  if (isClear) return (Math.sign(value) * Math.round(scaled)) / scale;

  const rounded = Number(value.toFixed(digits));
  const exact = Math.abs(value).toFixed(EXACT_DIGITS);
  const rest = exact.slice(exact.indexOf('.') + 1 + digits);
  if (!/^50*$/.test(rest)) return rounded;
  const even = below % 2 === 0 ? below : below + 1;
  return (value < 0 ? -even : even) / scale;
}
