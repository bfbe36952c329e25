// Python's "%d things" % value, for one number.

import { formatG, pythonNumber } from '../base/number.ts';
import { bad, good, type Result } from '../base/result.ts';

/** The text with its one place filled: %d, %s, %f, %.2f, %g, %e; %% is a percent sign. */
export function formatOne(text: string, value: number, whole: boolean): Result<string> {
  let filled = 0;
  let wrong = '';
  const result = text.replace(/%(?:%|(?:\.(\d{1,2}))?([disfge])|.?)/g, (piece, digits, kind) => {
    if (piece === '%%') return '%';
    if (typeof kind !== 'string') {
      wrong = piece;
      return '';
    }
    filled++;
    return formatted(kind, value, whole, typeof digits === 'string' ? Number(digits) : 6);
  });
  if (wrong !== '') return bad(`"${text}" has "${wrong}", which is no place for a number`);
  if (filled !== 1) return bad(`"${text}" must have one place for a number, such as %d`);
  return good(result);
}

function formatted(kind: string, value: number, whole: boolean, digits: number): string {
  if (kind === 'd' || kind === 'i') return String(Math.trunc(value));
  if (kind === 'f') return value.toFixed(digits);
  if (kind === 'g') return formatG(value, Math.max(1, digits));
  if (kind === 's') return pythonNumber(value, whole);
  return value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
}
