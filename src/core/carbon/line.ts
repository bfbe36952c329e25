// Carbon's plaintext protocol: one point a line, over TCP or in a UDP packet.
//
//   servers.web1.load 0.42 1700000000\n
//   metric            value time        three fields, any blanks between them
//
// The real program closes the connection at a line that is not UTF-8 and at a time of "inf" or "nan", and
// loses what follows. Here each is one bad line.

import { parsePythonFloat } from '../base/number.ts';
import { bad, good, type Bad, type Good } from '../base/result.ts';
import type { Fault } from './ledger.ts';
import type { Point } from './point.ts';

/** Carbon closes a connection whose line is longer. */
export const LINE_BYTES_MAX = 16_384;
/** How much of a bad line `why` shows. */
export const SHOWN_CHARACTERS_MAX = 400;

// The blanks of Python's str.split().
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
// Most lines are this plain, those of collectd with their "\r", and no rule refuses them.
const PLAIN_LINE = /^([!-~]+) (-?\d+(?:\.\d+)?) (\d{1,10})\r?$/;

export interface BadLine extends Bad {
  readonly fault: Fault;
}

/** The point of one line without its end. `time` is as received, so -1 and fractions are still there. */
export function parseLine(line: string): Good<Point> | BadLine {
  const plain = PLAIN_LINE.exec(line);
  if (plain !== null)
    return good({ path: plain[1] ?? '', value: Number(plain[2]), time: Number(plain[3]) });
  const fields = fieldsOf(line);
  const [path, valueText, timeText] = fields;
  if (path === undefined || valueText === undefined || timeText === undefined || fields.length > 3)
    return badLine(
      fields.length > 3 ? 'manyFields' : 'fewFields',
      `Expected "metric value timestamp", received "${shown(line)}".`,
    );
  const value = parsePythonFloat(valueText);
  if (value === null)
    return badLine(
      'badValue',
      `The value "${shown(valueText)}" is not a number, in "${shown(line)}".`,
    );
  const time = parsePythonFloat(timeText);
  if (time === null || !Number.isFinite(time))
    return badLine(
      'badTimestamp',
      `The timestamp "${shown(timeText)}" is not a time in seconds, in "${shown(line)}".`,
    );
  return good({ path, value, time });
}

function badLine(fault: Fault, why: string): BadLine {
  return { ...bad(why), fault };
}

/** Where the name of a metric should stand; null in an empty line. */
export function firstField(line: string): string | null {
  return fieldsOf(line)[0] ?? null;
}

/**
 * Whether a line that is refused has a time of this word and else no fault, as "a 1 inf". The real program ends the
 * connection there, unless it drops the line for its value before it looks at the time.
 */
export function hasTimeOf(line: string, word: 'infinite' | 'nan'): boolean {
  const fields = fieldsOf(line);
  if (fields.length !== 3) return false;
  const value = parsePythonFloat(fields[1] ?? '');
  const time = parsePythonFloat(fields[2] ?? '');
  if (value === null || time === null || Number.isNaN(value)) return false;
  return word === 'nan' ? Number.isNaN(time) : Math.abs(time) === Infinity;
}

/** The parts between blanks; none of them is empty. */
function fieldsOf(line: string): readonly string[] {
  const fields = line.split(BLANKS);
  if (fields[0] === '') fields.shift();
  if (fields.at(-1) === '') fields.pop();
  return fields;
}

export function shown(text: string): string {
  const start = text.slice(0, SHOWN_CHARACTERS_MAX).trim();
  return text.length > SHOWN_CHARACTERS_MAX ? `${start}...` : start;
}
