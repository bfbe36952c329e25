// The arguments that say how long a window or a bucket is.

import { bad, good, type Result } from '../base/result.ts';
import { parseInterval } from '../time/interval.ts';
import type { Param } from './render-function.ts';
import type { Value } from './value.ts';

/** How long a bucket is. */
export const INTERVAL_STRING: Param = {
  name: 'intervalString',
  type: 'interval',
  isRequired: true,
  suggestions: ['10min', '1h', '1d'],
};

/** A window: so many points, or so many seconds. `text` is how names show it: 3 or "3min". */
export interface Window {
  readonly points: number | null;
  readonly seconds: number | null;
  readonly text: string;
  readonly tag: string;
}

/** Reads an argument of type intOrInterval. */
export function readWindow(value: Value | null): Result<Window> {
  if (value?.kind === 'number')
    return good({
      points: value.value,
      seconds: null,
      text: `${value.value}`,
      tag: `${value.value}`,
    });
  if (value?.kind !== 'text') return bad('a window is a number of points or a length of time');
  const length = parseInterval(value.text);
  if (!length.ok) return length;
  const seconds = Math.abs(length.value);
  return good({ points: null, seconds, text: `"${value.text}"`, tag: value.text });
}

/** Seconds of a bucket: at least one. */
export function readBucketS(text: string): Result<number> {
  const length = parseInterval(text);
  if (!length.ok) return length;
  return length.value >= 1 ? length : bad(`An interval must be at least a second: '${text}'`);
}
