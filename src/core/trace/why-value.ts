// Why a target has this value at one moment: the value of every part of the target there, and what became of it on the way up.
//
//   sumSeries(a.*)     at 1700000040: 15         computed from 2 values and 1 gap
//     a.*              at 1700000040: 5, 10, gap
//
// It is watched while it is computed, as explain-target.ts does.

import { counted } from '../base/text.ts';
import { refusalText, type Outcome } from '../graphite/render-function.ts';
import type { Series } from '../graphite/series.ts';
import { gapRuleOf } from './gap-rules.ts';
import { isLookedUp, watchParts, type AskedPart, type PartsWatch } from './watched-parts.ts';

/** Times in seconds since 1970. */
export interface WhyPart extends AskedPart {
  /** The moment as this part sees it: another one below timeShift. */
  readonly time: number;
  /** The first of its series, at most WHY_SERIES_MAX; `seriesCount` is how many there are. */
  readonly series: readonly Moment[];
  readonly seriesCount: number;
  /** Sentences about what happened to the value here. */
  readonly why: readonly string[];
  readonly parts: readonly WhyPart[];
}

/** One series at the moment. */
export interface Moment {
  readonly name: string;
  /** The beginning of the step that the moment lies in; null when the series does not reach there. */
  readonly time: number | null;
  readonly step: number;
  /** Null is a gap. */
  readonly value: number | null;
}

/** Series of a part that are shown. */
export const WHY_SERIES_MAX = 50;

/** Parts that are kept. */
const WHY_PARTS_MAX = 500;

/** `asked` is the window of the whole target. */
export function makeWhyWatch(timeS: number, whole: Window): PartsWatch<WhyPart> {
  return watchParts<WhyPart>(WHY_PARTS_MAX, (asked, outcome, inputs, parts) => {
    const time = timeS - shiftOf(asked, whole);
    const moments = outcome.kind === 'done' ? momentsOf(outcome.series, time) : [];
    const below = inputs.flatMap((input) => momentsOf(input.series, timeS - shiftOf(input, whole)));
    return {
      ...asked,
      time,
      series: moments.slice(0, WHY_SERIES_MAX),
      seriesCount: moments.length,
      why: sentences(asked, outcome, below, moments),
      parts,
    };
  });
}

interface Window {
  readonly fromS: number;
  readonly untilS: number;
}

// Both ends moved alike: the same moment, seen from another time. Only the beginning moved: a longer window.
function shiftOf(
  { from, until }: Pick<AskedPart, 'from' | 'until'>,
  { fromS, untilS }: Window,
): number {
  return fromS - from === untilS - until ? fromS - from : 0;
}

function momentsOf(series: readonly Series[], time: number): readonly Moment[] {
  return series.map((one) => momentOf(one, time));
}

export function momentOf({ name, start, step, values }: Series, time: number): Moment {
  const index = Math.floor((time - start) / step);
  if (index < 0 || index >= values.length) return { name, time: null, step, value: null };
  const value = values[index] ?? NaN;
  return { name, time: start + index * step, step, value: Number.isNaN(value) ? null : value };
}

function sentences(
  part: AskedPart,
  outcome: Outcome,
  below: readonly Moment[],
  moments: readonly Moment[],
): readonly string[] {
  if (outcome.kind === 'refused') return [refusalText(outcome)];
  if (part.function === null || isLookedUp(part))
    return moments.length === 0 ? ['no metric of this name has anything in this time'] : [];
  const why: string[] = [];
  const outside = moments.filter(({ time }) => time === null).length;
  if (outside > 0) why.push(`${outside} of ${moments.length} series do not reach to this moment`);
  const known = below.filter(({ value }) => value !== null).length;
  const gaps = below.length - known;
  if (below.length > 0)
    why.push(
      `what it is computed from has ${counted(known, 'value', 'values')} and ${counted(gaps, 'gap', 'gaps')} at this moment`,
    );
  const empty = moments.filter(({ value }) => value === null).length;
  const rule = gapRuleOf(part.function);
  if (rule !== null && (empty > 0 || gaps > 0)) why.push(rule);
  return why;
}
