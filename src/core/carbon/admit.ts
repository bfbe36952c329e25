// What happens to a point between its arrival and the cache: Carbon's rules for every receiver.

import { bad, good, type Result } from '../base/result.ts';
import { U32_MAX } from '../whisper/format.ts';
import { whyNoFile } from '../whisper/metric-path.ts';
import { shown } from './line.ts';
import { canonicalName } from './series-name.ts';

/** A sender that gives this time means now. */
export const TIME_NOW = -1;

/**
 * The whole second under which a point is kept. Carbon cuts fractions off, and takes a time in the far future
 * as it is; a time that no file can hold is refused here.
 */
export function admitTime(time: number, nowS: number): Result<number> {
  const whole = Math.trunc(time);
  if (whole === TIME_NOW) return good(Math.floor(nowS));
  if (whole >= 0 && whole <= U32_MAX) return good(whole);
  const hint = whole > U32_MAX && whole / 1000 <= U32_MAX ? ' It looks like milliseconds.' : '';
  return bad(`The timestamp ${time} is not a time in seconds since 1970.${hint}`);
}

/**
 * The name under which a point is kept: tags in order, and such that a file can have it. Where the tags cannot
 * be read Carbon keeps the text as it came, and so do we.
 */
export function admitName(name: string): Result<string> {
  const canonical = canonicalName(name);
  const kept = canonical.ok ? canonical.value : name;
  const why = whyNoFile(kept);
  return why === null ? good(kept) : bad(shown(why));
}
