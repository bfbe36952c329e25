// What a target did, part by part: which series came in and went out, over which time, and where gaps began and ended.
//
//   sumSeries(a.*)        1 series, 6 points, 1 gap      2 series became 1; 1 of 3 gaps is left
//     a.*                 2 series, 12 points, 3 gaps    found 2 metrics
//
// It is watched while it is computed, so that nothing here can differ from what is drawn.

import { counted } from '../base/text.ts';
import { refusalText, type Outcome } from '../graphite/render-function.ts';
import type { Series } from '../graphite/series.ts';
import { gapRuleOf } from './gap-rules.ts';
import {
  isLookedUp,
  watchParts,
  type AskedPart,
  type Input,
  type PartsWatch,
} from './watched-parts.ts';

/** One part of a target. Times in seconds since 1970, `tookMs` with all that is below it. */
export interface Explained extends AskedPart {
  readonly series: number;
  readonly points: number;
  readonly nulls: number;
  /** Of the series: every step there is, the earliest start and the latest end. */
  readonly steps: readonly number[];
  readonly start: number | null;
  readonly end: number | null;
  readonly tookMs: number;
  /** Sentences about what changed here. */
  readonly why: readonly string[];
  /** The parts that this one was computed from; a part may be asked twice, for another time. */
  readonly parts: readonly Explained[];
}

export type Explainer = PartsWatch<Explained>;

/** Parts that are kept; a target that is made of targets may have any number. */
export const PARTS_MAX = 2000;

/** `steadyMs` is a clock that only goes forward. */
export function makeExplainer(steadyMs: () => number): Explainer {
  const beganMs: number[] = [];
  const watch = watchParts<Explained>(PARTS_MAX, (asked, outcome, inputs, parts) => {
    const tookMs = steadyMs() - (beganMs.pop() ?? NaN);
    const why = outcome.kind === 'done' ? whyOf(asked, inputs, outcome.series) : [whyNot(outcome)];
    return { ...asked, ...measures(outcome), tookMs, why, parts };
  });
  return {
    ...watch,
    begin(part, asked) {
      beganMs.push(steadyMs());
      watch.begin(part, asked);
    },
  };
}

function measures(outcome: Outcome): Omit<Explained, keyof AskedPart | 'tookMs' | 'why' | 'parts'> {
  const series = outcome.kind === 'done' ? outcome.series : [];
  return {
    series: series.length,
    points: sum(series, ({ values }) => values.length),
    nulls: sum(series, gapsIn),
    steps: [...new Set(series.map(({ step }) => step))].sort((a, b) => a - b),
    start: series.length === 0 ? null : Math.min(...series.map(({ start }) => start)),
    end: series.length === 0 ? null : Math.max(...series.map(({ end }) => end)),
  };
}

function whyNot(outcome: Exclude<Outcome, { kind: 'done' }>): string {
  if (outcome.kind === 'need') return 'it needs data that were not read';
  return refusalText(outcome);
}

function whyOf(
  part: AskedPart,
  given: readonly Input[],
  series: readonly Series[],
): readonly string[] {
  if (part.function === null || isLookedUp(part))
    return [
      series.length === 0
        ? 'no metric of this name has anything in this time'
        : `found ${counted(series.length, 'series', 'series')}`,
    ];
  const why: string[] = [];
  const again = given.find(({ from, until }) => from !== part.from || until !== part.until);
  // What was asked for once more, for another time, takes the place of what was asked for first.
  const inputs = given
    .filter(({ from, until }) => !again || (from === again.from && until === again.until))
    .flatMap(({ series }) => series);
  if (again)
    why.push(
      `asked for its data from ${again.from} to ${again.until}, because it looks ${again.from < part.from ? 'further back' : 'at another time'}`,
    );
  const steps = new Set(inputs.map(({ step }) => step));
  const out = new Set(series.map(({ step }) => step));
  if (steps.size > 1 && out.size === 1)
    why.push(
      `series of ${listed(steps)} s were brought to ${listed(out)} s, each by its own consolidation`,
    );
  if (inputs.length > 0 && series.length !== inputs.length)
    why.push(`${inputs.length} series became ${series.length}`);
  why.push(...gapSentences(part.function, inputs, series));
  return why;
}

/** Where each series stands for one before it, gap by gap; else in numbers only. */
function gapSentences(
  func: string,
  inputs: readonly Series[],
  series: readonly Series[],
): readonly string[] {
  const rule = gapRuleOf(func);
  const said = (text: string): string => (rule === null ? text : `${text}: ${rule}`);
  const pairs = series.map((one, i) => [inputs[i], one] as const);
  const isPaired =
    inputs.length === series.length &&
    pairs.every(([before, after]) => before !== undefined && isSameTime(before, after));
  if (!isPaired) {
    const [before, after] = [sum(inputs, gapsIn), sum(series, gapsIn)];
    return before === 0 && after === 0
      ? []
      : [
          said(
            `${counted(before, 'gap', 'gaps')} came in, ${counted(after, 'gap', 'gaps')} went out`,
          ),
        ];
  }
  let made = 0;
  let removed = 0;
  for (const [before, after] of pairs)
    for (const [i, value] of after.values.entries()) {
      const wasGap = Number.isNaN(before?.values[i]);
      if (Number.isNaN(value) && !wasGap) made++;
      if (!Number.isNaN(value) && wasGap) removed++;
    }
  return [
    ...(made > 0 ? [said(`${counted(made, 'value', 'values')} became a gap`)] : []),
    ...(removed > 0 ? [said(`${counted(removed, 'gap', 'gaps')} got a value`)] : []),
  ];
}

function isSameTime(a: Series, b: Series): boolean {
  return a.start === b.start && a.step === b.step && a.values.length === b.values.length;
}

function gapsIn({ values }: Series): number {
  let gaps = 0;
  for (const value of values) if (Number.isNaN(value)) gaps++;
  return gaps;
}

function sum(series: readonly Series[], of: (one: Series) => number): number {
  return series.reduce((total, one) => total + of(one), 0);
}

function listed(numbers: ReadonlySet<number>): string {
  return [...numbers].sort((a, b) => a - b).join(' and ');
}
