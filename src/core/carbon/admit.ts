// What happens to a point between its arrival and the cache: Carbon's rules for every receiver.

import { bad, good, type Result } from '../base/result.ts';
import { U32_MAX } from '../whisper/format.ts';
import { whyNoFile, type PathRules } from '../whisper/metric-path.ts';
import { shown } from './line.ts';
import { canonicalName } from './series-name.ts';

/** A sender that gives this time means now. */
export const TIME_NOW = -1;

export interface TimeRules {
  /** Times are cut down to whole multiples of so many seconds; 0 keeps them with their fractions. */
  readonly resolutionS: number;
  /** Whether times are taken that no file can hold. */
  readonly strict: boolean;
}

/**
 * The time under which a point is kept. Carbon takes a time in the far future as it is; a time that no file can hold
 * is refused here.
 */
export function admitTime(time: number, nowS: number, rules: TimeRules): Result<number> {
  const { resolutionS, strict } = rules;
  // Python's int() cuts towards zero, so -1.5 is now too.
  const isNow = Math.trunc(time) === TIME_NOW;
  const meant = isNow ? nowS : time;
  const whole = Math.trunc(meant);
  if (!Number.isFinite(meant) || (!strict && !(whole >= 0 && whole <= U32_MAX)))
    return bad(`The timestamp ${time} is not a time in seconds since 1970.${hintFor(whole)}`);
  return good(resolutionS === 0 ? meant : Math.floor(whole / resolutionS) * resolutionS);
}

function hintFor(whole: number): string {
  return whole > U32_MAX && whole / 1000 <= U32_MAX ? ' It looks like milliseconds.' : '';
}

/**
 * The name under which a point is kept: tags in order, and such that a file can have it. Where the tags cannot
 * be read Carbon keeps the text as it came, and so do we.
 */
export function admitName(name: string, rules: PathRules): Result<string> {
  const canonical = canonicalName(name);
  const kept = canonical.ok ? canonical.value : name;
  const why = whyNoFile(kept, rules);
  return why === null ? good(kept) : bad(shown(why));
}
