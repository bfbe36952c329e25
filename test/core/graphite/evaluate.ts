// A way to ask for targets over the series that graphite-web's answers were recorded with.

import { parseTarget } from '../../../src/core/graphite/grammar.ts';
import { evaluate, RENDER_ROUNDS_MAX } from '../../../src/core/graphite/evaluate.ts';
import { makeFetchedSeries } from '../../../src/core/graphite/fetched-series.ts';
import type { Regex } from '../../../src/core/graphite/regex.ts';
import {
  refused,
  type Need,
  type Outcome,
  type RenderContext,
} from '../../../src/core/graphite/render-function.ts';
import type { Series } from '../../../src/core/graphite/series.ts';
import { utc } from '../../../src/core/time/zone.ts';
import { METRICS, NOW_S, readSlots } from '../../tools/recorded-metrics.ts';

/** As files have it: who asks for fifty years gets what is kept. */
const KEPT_S = 30 * 86_400;

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
    const from = Math.max(need.from, NOW_S - KEPT_S);
    const slots = pattern.test(path) ? readSlots(metric, from, need.until) : null;
    return slots ? [makeFetchedSeries(need.path, { path, ...slots }, 0)] : [];
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
  eventTimes: () => [],
  isLate: () => false,
};

/** Evaluates `target`, fetching what it asks for, round by round. */
export function run(target: string, context: RenderContext = CONTEXT): Outcome {
  const parsed = parseTarget(target);
  if (!parsed.ok) return refused(parsed.why);
  const fetched = new Map<string, readonly Series[]>();
  const key = (need: Need): string => `${need.from} ${need.until} ${need.path}`;
  const have = (need: Need): readonly Series[] | null => fetched.get(key(need)) ?? null;
  for (let round = 0; round < RENDER_ROUNDS_MAX; round++) {
    const outcome = evaluate(parsed.value, { ...context, have });
    if (outcome.kind !== 'need') return outcome;
    for (const need of outcome.need) fetched.set(key(need), find(need));
  }
  return refused(`more than ${RENDER_ROUNDS_MAX} rounds`);
}

/** The series of `target`; an error when it is refused. */
export function seriesOf(target: string, context: RenderContext = CONTEXT): readonly Series[] {
  const outcome = run(target, context);
  if (outcome.kind === 'done') return outcome.series;
  throw new Error(`${target}: ${outcome.kind === 'refused' ? outcome.why : 'data are missing'}`);
}
