// Numbers and times as Python's whisper tools print them: C's %f and %g, strftime, ctime.

import { pythonNumber } from '../../core/base/number.ts';

/** C's %.<decimals>f. */
export function percentF(value: number, decimals = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const { sign, digits, exponent } = exactDigits(value);
  // Before the point stand exponent + 1 digits; a value far below the last decimal keeps none.
  const rounded = roundHalfEven(digits, exponent + 1 + decimals);
  const padded = rounded.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  return sign + padded.slice(0, point) + (decimals > 0 ? `.${padded.slice(point)}` : '');
}

/** C's %.<precision>g, at most 100 digits. */
export function percentG(value: number, precision: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const { sign, digits, exponent: before } = exactDigits(value);
  const rounded = roundHalfEven(digits, precision);
  // 9.99 rounded up to 10.0 has one digit more before the point.
  const exponent = before + rounded.length - precision;
  const kept = rounded.slice(0, precision).replace(/0+$/, '') || '0';
  if (value === 0) return `${sign}0`;
  if (exponent < -4 || exponent >= precision) {
    const tail = kept.slice(1) === '' ? '' : `.${kept.slice(1)}`;
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${kept.charAt(0)}${tail}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${kept}`;
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = kept.slice(exponent + 1);
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

interface Digits {
  readonly sign: string;
  /** The first stands for 10 to the power of `exponent`. */
  readonly digits: string;
  readonly exponent: number;
}

/** What JavaScript gives at most; enough to tell a tie from its neighbours at any precision used here. */
const FRACTION_DIGITS = 100;

function exactDigits(value: number): Digits {
  const text = Math.abs(value).toExponential(FRACTION_DIGITS);
  const [mantissa = '', exponent = '0'] = text.split('e');
  const isNegative = value < 0 || Object.is(value, -0);
  return {
    sign: isNegative ? '-' : '',
    // A value of 1e308 in full needs more digits than JavaScript gives: an integer is exact in BigInt.
    digits:
      Number(exponent) > FRACTION_DIGITS
        ? BigInt(Math.abs(value)).toString()
        : mantissa.replace('.', ''),
    exponent: Number(exponent),
  };
}

/** The first `count` digits, the last one rounded; of two equally near, C takes the even one. */
function roundHalfEven(digits: string, count: number): string {
  if (count < 0) return '0';
  const kept = digits.slice(0, count).padEnd(count, '0');
  const rest = digits.slice(count);
  const half = rest.startsWith('5');
  const isTie = half && /^50*$/.test(rest);
  const up = isTie ? /[13579]$/.test(kept) : /^[5-9]/.test(rest);
  if (!up) return kept === '' ? '0' : kept;
  return (BigInt(kept || '0') + 1n).toString().padStart(count, '0');
}

/** json.dumps() of a string: ASCII only. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** json.dumps() of a float, which has words for what JSON has no number for. */
export function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return pythonNumber(value);
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June'].concat([
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]);

/** time.ctime(): `Sun Jun  9 04:26:40 1993`, in local time. */
export function ctime(timeS: number): string {
  return strftime('%a %b %e %H:%M:%S %Y', timeS);
}

/** time.strftime() in local time and the C locale; a directive that is not known stays as it is. */
export function strftime(format: string, timeS: number): string {
  const at = new Date(timeS * 1000);
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => {
    const make = DIRECTIVES[letter];
    return make ? make(at) : whole;
  });
}

const two = (value: number): string => String(value).padStart(2, '0');
const dayOfYear = (at: Date): number =>
  Math.round(
    (Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) - Date.UTC(at.getFullYear(), 0, 1)) /
      86_400_000,
  );
const hour12 = (at: Date): number => at.getHours() % 12 || 12;
const epoch = (at: Date): number => Math.floor(at.getTime() / 1000);

const DIRECTIVES: Readonly<Record<string, (at: Date) => string>> = {
  '%': () => '%',
  a: (at) => (DAYS[at.getDay()] ?? '').slice(0, 3),
  A: (at) => DAYS[at.getDay()] ?? '',
  b: (at) => (MONTHS[at.getMonth()] ?? '').slice(0, 3),
  B: (at) => MONTHS[at.getMonth()] ?? '',
  c: (at) => ctime(epoch(at)),
  d: (at) => two(at.getDate()),
  D: (at) => strftime('%m/%d/%y', epoch(at)),
  e: (at) => String(at.getDate()).padStart(2, ' '),
  F: (at) => strftime('%Y-%m-%d', epoch(at)),
  H: (at) => two(at.getHours()),
  I: (at) => two(hour12(at)),
  j: (at) => String(dayOfYear(at) + 1).padStart(3, '0'),
  m: (at) => two(at.getMonth() + 1),
  M: (at) => two(at.getMinutes()),
  n: () => '\n',
  p: (at) => (at.getHours() < 12 ? 'AM' : 'PM'),
  R: (at) => strftime('%H:%M', epoch(at)),
  s: (at) => String(epoch(at)),
  S: (at) => two(at.getSeconds()),
  t: () => '\t',
  T: (at) => strftime('%H:%M:%S', epoch(at)),
  u: (at) => String(at.getDay() || 7),
  U: (at) => two(Math.floor((dayOfYear(at) + 7 - at.getDay()) / 7)),
  w: (at) => String(at.getDay()),
  W: (at) => two(Math.floor((dayOfYear(at) + 7 - ((at.getDay() + 6) % 7)) / 7)),
  x: (at) => strftime('%m/%d/%y', epoch(at)),
  X: (at) => strftime('%H:%M:%S', epoch(at)),
  y: (at) => two(at.getFullYear() % 100),
  Y: (at) => String(at.getFullYear()),
  z: (at) => {
    const minutes = -at.getTimezoneOffset();
    const size = Math.abs(minutes);
    return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  },
};
