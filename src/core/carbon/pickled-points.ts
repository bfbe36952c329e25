// What a pickle must hold to be points: [(metric, (time, value)), ...], lists or tuples, numbers or their text.

import { parsePythonFloat } from '../base/number.ts';
import { bad, good, type Result } from '../base/result.ts';
import { decodeUtf8 } from '../base/text.ts';
import { shown } from './line.ts';
import { unpickle } from './pickle-in.ts';
import type { PickleValue } from './pickle-machine.ts';
import { pickle } from './pickle-out.ts';
import type { Point } from './point.ts';

/**
 * Gets the reason why an element is no point, and its name where that is text; `endsReal` where the real program ends the connection. An
 * answer of false lets nothing behind it be read.
 */
export type TellFault = (why: string, name: string | null, endsReal: boolean) => unknown;

/** The points; an element that is none costs only itself. */
export function pickledPoints(bytes: Uint8Array, tell: TellFault): Result<readonly Point[]> {
  const value = unpickle(bytes);
  if (!value.ok) return value;
  if (!Array.isArray(value.value))
    return bad('The pickle is not a list of (metric, (timestamp, value)).');
  const points: Point[] = [];
  for (const element of value.value) {
    const point = toPoint(element);
    if (point.ok) points.push(point.value);
    else if (tell(point.why, nameOf(element), hasOddName(element)) === false) break;
  }
  return good(points);
}

/** Whether a pickle holds nothing that Python could walk through: the real program ends the connection there. */
export function holdsOneThing(bytes: Uint8Array): boolean {
  const read = unpickle(bytes);
  return read.ok && (read.value === null || !['string', 'object'].includes(typeof read.value));
}

function nameOf(element: PickleValue): string | null {
  const name = Array.isArray(element) ? element[0] : null;
  return typeof name === 'string' ? name : null;
}

/** A point in all but its name, which is no text: Carbon asks for the name last, and trips over it. */
function hasOddName(element: PickleValue): boolean {
  if (!Array.isArray(element) || element.length !== 2) return false;
  const [name, pair] = element;
  return typeof name !== 'string' && toPoint(['a name', pair ?? null]).ok;
}

/** The same the other way. */
export function picklePoints(points: readonly Point[]): Uint8Array {
  return pickle(
    points.map(({ path, time, value }) => ({ tuple: [path, { tuple: [time, value] }] })),
  );
}

function toPoint(element: PickleValue): Result<Point> {
  const [path, pair] = Array.isArray(element) && element.length === 2 ? element : [];
  const [timeValue, valueValue] = Array.isArray(pair) && pair.length === 2 ? pair : [];
  if (typeof path !== 'string' || timeValue === undefined || valueValue === undefined)
    return bad('An element of the pickle is not (metric, (timestamp, value)).');
  const time = toFloat(timeValue);
  const value = toFloat(valueValue);
  if (time === null || value === null)
    return bad(`Timestamp or value of "${shown(path)}" in the pickle is not a number.`);
  return good({ path, time, value });
}

/** What Python's float() gives; null where it raises. */
function toFloat(value: PickleValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return parsePythonFloat(value);
  if (value instanceof Uint8Array) return parsePythonFloat(decodeUtf8(value) ?? '');
  return null;
}
