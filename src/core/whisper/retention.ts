// Retention strings: "10s:6h" = a point every 10 seconds, kept for 6 hours.
//
//   precision ":" length
//   precision = seconds ("60"), or a number with a unit ("1m")
//   length    = number of points ("1440"), or a number with a unit: that much time
//
// A unit is any beginning of a name below, the first that fits: "m", "min" and "minute" are minutes. There
// is no month. (Carbon's own files allow only single letters: see carbon/schemas.ts.)

import { bad, good, type Result } from '../base/result.ts';
import type { ArchiveShape } from './format.ts';

/** Seconds per unit, in the order whisper tries them. */
export const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86400],
  ['weeks', 604800],
  ['years', 31536000],
];

/** Reads one retention as whisper and its tools do; `why` is whisper's own text. */
export function parseRetention(text: string): Result<ArchiveShape> {
  const colon = text.trim().indexOf(':');
  if (colon < 0) return bad(`Invalid retention definition '${text}'`);
  const precisionText = text.trim().slice(0, colon);
  const lengthText = text.trim().slice(colon + 1);

  const precision = parseAmount(precisionText, 'precision');
  if (!precision.ok) return precision;
  const secondsPerPoint = precision.value.number * (precision.value.unitS ?? 1);
  const length = parseAmount(lengthText, 'retention');
  if (!length.ok) return length;
  const { number, unitS } = length.value;
  if (unitS === null) return good({ secondsPerPoint, points: number });
  // Where whisper would divide by zero.
  if (secondsPerPoint === 0) return bad(`Invalid precision specification '${precisionText}'`);
  return good({ secondsPerPoint, points: Math.floor((number * unitS) / secondsPerPoint) });
}

/** Several, as they stand on a command line. */
export function parseRetentions(texts: readonly string[]): Result<readonly ArchiveShape[]> {
  const shapes: ArchiveShape[] = [];
  for (const text of texts) {
    const shape = parseRetention(text);
    if (!shape.ok) return bad(`${shape.why}, received "${text}"`);
    shapes.push(shape.value);
  }
  return good(shapes);
}

/** The other way round, with the largest units that leave whole numbers: "10s:6h". */
export function showRetention({ secondsPerPoint, points }: ArchiveShape): string {
  return `${showSeconds(secondsPerPoint)}:${showSeconds(secondsPerPoint * points)}`;
}

export function showSeconds(lengthS: number): string {
  const [name, unitS] = UNITS.findLast(([, seconds]) => lengthS % seconds === 0) ?? ['s', 1];
  return `${lengthS / unitS}${name.charAt(0)}`;
}

/** Seconds of a unit such as "min", or why there is none. */
export function unitSeconds(unit: string): Result<number> {
  const found = UNITS.find(([name]) => name.startsWith(unit));
  return found ? good(found[1]) : bad(`Invalid unit '${unit}'`);
}

interface Amount {
  readonly number: number;
  /** Null when the text is only digits. */
  readonly unitS: number | null;
}

function parseAmount(text: string, what: 'precision' | 'retention'): Result<Amount> {
  const [, digits, unit] = /^(\d+)([a-z]*)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined)
    return bad(`Invalid ${what} specification '${text}'`);
  if (unit === '') return good({ number: Number(digits), unitS: null });
  const seconds = unitSeconds(unit);
  return seconds.ok ? good({ number: Number(digits), unitS: seconds.value }) : seconds;
}
