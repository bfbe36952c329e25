// From the targets of a request to their series, reading what they need.
//
//   targets ─ parse ─ evaluate ─┬─ series
//                ▲              │
//                └── fetch ◄── need        at most RENDER_ROUNDS_MAX rounds

import { bad, good, type Result } from '../../core/base/result.ts';
import { evaluate, RENDER_ROUNDS_MAX, type Watch } from '../../core/graphite/evaluate.ts';
import type { Expression } from '../../core/graphite/expression.ts';
import { parseTarget } from '../../core/graphite/grammar.ts';
import type { EventLog } from '../../core/events/event-log.ts';
import type { Regex } from '../../core/graphite/regex.ts';
import { makeCarried, type Need } from '../../core/graphite/render-function.ts';
import type { Series } from '../../core/graphite/series.ts';
import type { Store } from '../store.ts';
import { makeFetches } from './fetch-needs.ts';
import type { RenderRequest } from './render-request.ts';

export interface RenderParts {
  readonly store: Store;
  readonly regex: Regex;
  /** Null where no events are kept. */
  readonly events: EventLog | null;
  /** Milliseconds that only go forward. */
  steadyMs(): number;
  /** Seconds since 1970. */
  nowS(): number;
}

/** The series of all targets of `request`, one after the other. */
export async function renderSeries(
  request: RenderRequest,
  parts: RenderParts,
  watch: Watch | null = null,
): Promise<Result<readonly Series[]>> {
  const expressions: Expression[] = [];
  for (const target of request.targets) {
    const parsed = parseTarget(target);
    if (!parsed.ok) return parsed;
    expressions.push(parsed.value);
  }
  const fetches = makeFetches(parts.store, request.nowS, request.xFilesFactor);
  const { events } = parts;
  const eventTimes = (tags: readonly string[] | null, fromS: number, untilS: number) =>
    (events?.find({ fromS, untilS, tags, isUnion: false }) ?? []).map(({ whenS }) => whenS);
  const context = { ...request, regex: parts.regex, have: fetches.have, eventTimes };

  for (let round = 0; round < RENDER_ROUNDS_MAX; round++) {
    const carried = makeCarried();
    const need: Need[] = [];
    const series: Series[] = [];
    for (const expression of expressions) {
      const outcome = evaluate(expression, context, carried);
      if (outcome.kind === 'refused') return bad(outcome.why);
      if (outcome.kind === 'need') need.push(...outcome.need);
      else series.push(...outcome.series);
    }
    if (need.length === 0) {
      // With all data there it is quick, and nothing is told twice.
      const again = makeCarried();
      if (watch) for (const expression of expressions) evaluate(expression, context, again, watch);
      return good(series);
    }
    const fetched = await fetches.fetch(need);
    if (!fetched.ok) return fetched;
  }
  return bad(`The targets need data more than ${RENDER_ROUNDS_MAX} times; make them simpler`);
}
