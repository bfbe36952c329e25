// Numbers in Python's way: what float() reads and repr() prints.

// Most numbers are this plain, and the longer rules are asked only for the others.
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
const DIGIT = /\p{Nd}/u;
const NOT_ASCII = /[^\0-\x7f]/gu;
// https://docs.python.org/3/library/functions.html#float, after underscores and blanks are gone. No digit fits at two
// places: a megabyte of digits that is no number must be refused at once.
const PYTHON_FLOAT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const PYTHON_WORD = /^([+-]?)(inf|infinity|nan)$/i;

/** What Python's float(text) gives, or null where it raises ValueError. */
export function parsePythonFloat(text: string): number | null {
  if (PLAIN_NUMBER.test(text)) return Number(text);
  // Python's blanks are those of trim() but for these two.
  if (text.includes('\ufeff')) return null;
  const trimmed = text.replaceAll('\x85', ' ').trim();
  const word = PYTHON_WORD.exec(trimmed);
  if (word) {
    if (word[2]?.toLowerCase() === 'nan') return NaN;
    return word[1] === '-' ? -Infinity : Infinity;
  }
  if (/^_|_$|__|_[.eE+-]|[.eE+-]_/.test(trimmed)) return null;
  const digits = trimmed.replaceAll('_', '').replace(NOT_ASCII, inAscii);
  return PYTHON_FLOAT.test(digits) ? Number(digits) : null;
}

// Python reads the digits of every script. Each script has its ten in a row, from zero to nine.
function inAscii(character: string): string {
  if (!DIGIT.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  let value = 0;
  while (DIGIT.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value % 10);
}

/** How Python prints the float `value`; with `whole`, how it prints the int of that size. */
export function pythonNumber(value: number, whole = false): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (whole) return BigInt(value).toString();
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  // Python changes to the exponent form at 1e16 and below 1e-4, JavaScript at 1e21 and below 1e-6.
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${mantissa}e${sign}${exponent.slice(1).padStart(2, '0')}`;
  }
  return shortDecimal(value) ?? decimal(value);
}

function decimal(value: number): string {
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

const THOUSANDTHS_MAX = 1e9;
/** What stands behind the point: ".0", ".001", ... ".5", ... ".999". */
const THOUSANDTHS = Array.from({ length: 1000 }, (_, count) => decimal(count / 1000).slice(1));

/**
 * A number of at most three places, which most measured ones are: two short integers are printed several times as
 * fast as a fraction. No other text of fifteen digits or fewer is the same double, so this is the shortest one.
 */
function shortDecimal(value: number): string | null {
  const thousandths = Math.round(value * 1000);
  if (Math.abs(thousandths) > THOUSANDTHS_MAX || thousandths / 1000 !== value) return null;
  const size = Math.abs(thousandths);
  const places = THOUSANDTHS[size % 1000] ?? '';
  return (value < 0 ? '-' : '') + String(Math.trunc(size / 1000)) + places;
}

// A double keeps all numbers of so many digits apart, so that what JavaScript prints with no more of them is
// what C prints, down to the size where C changes to the exponent form.
const DIGITS_KEPT = 15;

/** C's %.<digits>g: at most `digits` significant digits, no zeros at the end. */
export function formatG(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const plain = String(value);
  const isExact = digits <= DIGITS_KEPT && plain.length <= digits;
  if (isExact && Math.abs(value) >= 1e-4) return plain;
  const rounded = isTie(value, digits) ? towardsEven(value) : value;
  const [mantissa = '', exponentText = '0'] = rounded.toExponential(digits - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits)
    return withoutEndingZeros(rounded.toFixed(digits - 1 - exponent));
  const sign = exponent < 0 ? '-' : '+';
  return `${withoutEndingZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

// C takes the even one of two neighbours that are equally near (6.015625 is 6.01562), JavaScript the
// larger. A tie has exactly one digit too many, a 5, also when all its digits are written out.
const EXACT_DIGITS = 100;

function isTie(value: number, digits: number): boolean {
  const [shortest = ''] = Math.abs(value).toExponential().replace('.', '').split('e');
  if (shortest.length !== digits + 1 || !shortest.endsWith('5')) return false;
  const [exact = ''] = Math.abs(value).toExponential(EXACT_DIGITS).replace('.', '').split('e');
  return /^50*$/.test(exact.slice(digits));
}

function towardsEven(value: number): number {
  const [shortest = '', exponent = '0'] = value.toExponential().split('e');
  const kept = shortest.slice(0, -1);
  return /[02468]\.?$/.test(kept) ? Number(`${kept}e${exponent}`) : value;
}

function withoutEndingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
