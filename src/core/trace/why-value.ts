// Why a target has this value at one moment: the value of every part of the target there, and what became of it on the way up.
//
//   sumSeries(a.*)     at 1700000040: 15         computed from 2 values and 1 gap
//     a.*              at 1700000040: 5, 10, gap
//
// It is watched while it is computed, as explain-target.ts does.

import type { Watch } from '../graphite/evaluate.ts';
import { refusalText, type Outcome } from '../graphite/render-function.ts';
import type { Series } from '../graphite/series.ts';
import { gapRuleOf } from './gap-rules.ts';

/** Times in seconds since 1970. */
export interface WhyPart {
  /** The text of the part, as it stands in the target. */
  readonly target: string;
  /** The function; null for a path. */
  readonly function: string | null;
  /** The moment as this part sees it: another one below timeShift. */
  readonly time: number;
  readonly from: number;
  readonly until: number;
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

export interface WhyWatch extends Watch {
  roots(): readonly WhyPart[];
}

interface Open {
  readonly target: string;
  readonly func: string | null;
  readonly from: number;
  readonly until: number;
  readonly parts: WhyPart[];
  readonly inputs: Moment[];
}

/** `asked` is the window of the whole target. */
export function makeWhyWatch(
  timeS: number,
  asked: { readonly fromS: number; readonly untilS: number },
): WhyWatch {
  const roots: WhyPart[] = [];
  const open: Open[] = [];
  let parts = 0;

  return {
    begin(part, { fromS, untilS }) {
      open.push({
        target: part.kind === 'path' ? part.path : part.source,
        func: part.kind === 'path' ? null : part.name,
        from: fromS,
        until: untilS,
        parts: [],
        inputs: [],
      });
    },
    end(outcome) {
      const part = open.pop();
      if (!part) return;
      const time = timeS - shiftOf(part, asked);
      const moments = momentsOf(outcome, time);
      const above = open.at(-1);
      above?.inputs.push(...moments);
      if (parts++ >= WHY_PARTS_MAX) return;
      (above?.parts ?? roots).push({
        target: part.target,
        function: part.func,
        time,
        from: part.from,
        until: part.until,
        series: moments.slice(0, WHY_SERIES_MAX),
        seriesCount: moments.length,
        why: sentences(part, outcome, moments),
        parts: part.parts,
      });
    },
    roots: () => roots,
  };
}

// Both ends moved alike: the same moment, seen from another time. Only the beginning moved: a longer window.
function shiftOf(
  { from, until }: Open,
  asked: { readonly fromS: number; readonly untilS: number },
): number {
  return asked.fromS - from === asked.untilS - until ? asked.fromS - from : 0;
}

function momentsOf(outcome: Outcome, time: number): readonly Moment[] {
  return outcome.kind === 'done' ? outcome.series.map((one) => momentOf(one, time)) : [];
}

export function momentOf({ name, start, step, values }: Series, time: number): Moment {
  const index = Math.floor((time - start) / step);
  if (index < 0 || index >= values.length) return { name, time: null, step, value: null };
  const value = values[index] ?? NaN;
  return { name, time: start + index * step, step, value: Number.isNaN(value) ? null : value };
}

function sentences(part: Open, outcome: Outcome, moments: readonly Moment[]): readonly string[] {
  if (outcome.kind === 'refused') return [refusalText(outcome)];
  if (part.func === null || part.func === 'seriesByTag')
    return moments.length === 0 ? ['no metric of this name has anything in this time'] : [];
  const why: string[] = [];
  const outside = moments.filter(({ time }) => time === null).length;
  if (outside > 0) why.push(`${outside} of ${moments.length} series do not reach to this moment`);
  const known = part.inputs.filter(({ value }) => value !== null).length;
  const gaps = part.inputs.length - known;
  if (part.inputs.length > 0)
    why.push(
      `what it is computed from has ${counted(known, 'value')} and ${counted(gaps, 'gap')} at this moment`,
    );
  const empty = moments.filter(({ value }) => value === null).length;
  const rule = gapRuleOf(part.func);
  if (rule !== null && (empty > 0 || gaps > 0)) why.push(rule);
  return why;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
