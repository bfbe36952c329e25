// The series that graphite-web's answers were recorded with, and a way to ask ours for the same.

import { parseTarget } from '../../../src/core/graphite/grammar.ts';
import { evaluate, RENDER_ROUNDS_MAX } from '../../../src/core/graphite/evaluate.ts';
import { makeFetchedSeries } from '../../../src/core/graphite/fetched-series.ts';
import type { Regex } from '../../../src/core/graphite/regex.ts';
import type { Need, Outcome, RenderContext } from '../../../src/core/graphite/render-function.ts';
import type { Series } from '../../../src/core/graphite/series.ts';
import { utc } from '../../../src/core/time/zone.ts';

export const NOW_S = 1_700_000_040;
const gap = NaN;

interface Metric {
  readonly step: number;
  /** Up to NOW_S, newest last. */
  readonly values: readonly number[];
}

const METRICS: Readonly<Record<string, Metric>> = {
  'a.b.c': { step: 60, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  'a.b.d': { step: 60, values: [10, 20, gap, 40, 50, 60, 70, 80, 90, 100] },
  'a.x.c': { step: 60, values: [5, 5, 5, 5, gap, gap, 5, 5, 5, 5] },
  'a.x.e': { step: 30, values: Array.from({ length: 20 }, () => 5) },
  'cnt.one': { step: 60, values: [100, 110, 130, 5, 10, 30, 60, gap, 70, 90] },
  'e.mpty': { step: 60, values: [] },
  'z.last.v': { step: 60, values: [3, 1, 2] },
};

/** The points of a metric in (from, until], as Whisper gives them. */
function read(path: string, metric: Metric, from: number, until: number): Series | null {
  const { step, values } = metric;
  const newest = Math.floor(NOW_S / step) * step;
  const start = Math.floor(from / step) * step + step;
  const end = Math.min(Math.floor(until / step) * step, newest) + step;
  if (start >= end) return null;
  const read = Float64Array.from({ length: (end - start) / step }, (_, index) => {
    const back = (newest - (start + index * step)) / step;
    return values[values.length - 1 - back] ?? gap;
  });
  return makeFetchedSeries('', { path, start, end, step, values: read }, 0);
}

function find(need: Need): readonly Series[] {
  const pattern = new RegExp(
    `^${need.path
      .replace(/[.$^+()[\]|]/g, String.raw`\$&`)
      .replaceAll('*', '[^.]*')
      .replaceAll('{', '(')
      .replaceAll('}', ')')
      .replaceAll(',', '|')}$`,
  );
  return Object.entries(METRICS).flatMap(([path, metric]) => {
    const series = pattern.test(path) ? read(path, metric, need.from, need.until) : null;
    return series ? [{ ...series, pathExpression: need.path }] : [];
  });
}

const regex: Regex = {
  compile(pattern) {
    const compiled = new RegExp(pattern, 'g');
    return {
      ok: true,
      value: {
        test: (text) => new RegExp(pattern).test(text),
        replace: (text, template) => ({
          ok: true,
          value: text.replace(compiled, template.replace(/\\(\d)/g, '$$$1')),
        }),
      },
    };
  },
};

export const CONTEXT: RenderContext = {
  fromS: NOW_S - 540,
  untilS: NOW_S,
  nowS: NOW_S,
  xFilesFactor: 0,
  offsetAt: utc,
  regex,
  template: new Map(),
  have: () => null,
};

/** Evaluates `target`, fetching what it asks for, round by round. */
export function run(target: string, context: RenderContext = CONTEXT): Outcome {
  const parsed = parseTarget(target);
  if (!parsed.ok) return { kind: 'refused', why: parsed.why };
  const fetched = new Map<string, readonly Series[]>();
  const key = (need: Need): string => `${need.from} ${need.until} ${need.path}`;
  const have = (need: Need): readonly Series[] | null => fetched.get(key(need)) ?? null;
  for (let round = 0; round < RENDER_ROUNDS_MAX; round++) {
    const outcome = evaluate(parsed.value, { ...context, have });
    if (outcome.kind !== 'need') return outcome;
    for (const need of outcome.need) fetched.set(key(need), find(need));
  }
  return { kind: 'refused', why: `more than ${RENDER_ROUNDS_MAX} rounds` };
}

/** The series of `target`; an error when it is refused. */
export function seriesOf(target: string, context: RenderContext = CONTEXT): readonly Series[] {
  const outcome = run(target, context);
  if (outcome.kind === 'done') return outcome.series;
  throw new Error(`${target}: ${outcome.kind === 'refused' ? outcome.why : 'data are missing'}`);
}
