// A length of time as Graphite writes it: "1h", "-1h30min", "+2weeks".

import { bad, good, type Result } from '../base/result.ts';

// A unit is known by its first letters, tried in this order; "m" alone could be minutes or months.
const UNITS: readonly (readonly [prefix: string, lengthS: number])[] = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 7 * 86_400],
  ['mon', 30 * 86_400],
  ['y', 365 * 86_400],
];

/** Python's timedelta holds no more days than this. */
const INTERVAL_DAYS_MAX = 999_999_999;

/** Seconds that `text` stands for; one sign at the front, plus when there is none; "" is 0. */
export function parseInterval(text: string): Result<number> {
  if (text === '') return good(0);
  let rest = text;
  let sign = 1;
  if (!/^\d/.test(rest)) {
    if (!/^[+-]/.test(rest))
      return bad(`Invalid offset '${text}': it must begin with a digit, + or -`);
    if (rest.startsWith('-')) sign = -1;
    rest = rest.slice(1);
  }
  let seconds = 0;
  while (rest !== '') {
    const digits = /^\d*/.exec(rest)?.[0] ?? '';
    if (digits === '') return bad(`invalid literal for int() with base 10: ''`);
    const unit = /^\p{L}*/u.exec(rest.slice(digits.length))?.[0] ?? '';
    rest = rest.slice(digits.length + unit.length);
    const lengthS = UNITS.find(([prefix]) => unit.startsWith(prefix))?.[1];
    if (lengthS === undefined) return bad(`Invalid offset unit '${unit}'`);
    seconds += sign * Number(digits) * lengthS;
  }
  if (Math.abs(seconds) > INTERVAL_DAYS_MAX * 86_400)
    return bad(`The offset '${text}' is too long`);
  return good(seconds);
}
