// From the targets of a request to their series, reading what they need.
//
//   target ─ parse ─ evaluate ─┬─ series
//               ▲              │
//               └── fetch ◄── need        at most RENDER_ROUNDS_MAX rounds
//
// Each target is computed by itself, so that one that fails or takes too long does not spoil the others.

import { evaluate, RENDER_ROUNDS_MAX, type Watch } from '../../core/graphite/evaluate.ts';
import { parseTargetAndRest, type ParsedTarget } from '../../core/graphite/grammar.ts';
import type { EventLog } from '../../core/events/event-log.ts';
import type { Regex } from '../../core/graphite/regex.ts';
import {
  copyOfCarried,
  makeCarried,
  refused,
  type Carried,
  type Done,
  type Refused,
  type RenderContext,
} from '../../core/graphite/render-function.ts';
import type { Series } from '../../core/graphite/series.ts';
import type { TagLog } from '../../core/tags/tag-log.ts';
import { REQUEST_MS_MAX, TARGET_MS_MAX } from '../limits.ts';
import type { Store } from '../store.ts';
import { makeFetches, type Fetches } from './fetch-needs.ts';
import type { RenderRequest } from './render-request.ts';

export interface RenderParts {
  readonly store: Store;
  readonly regex: Regex;
  /** Null where no series are known by their tags. */
  readonly tags: TagLog | null;
  /** Null where no events are kept. */
  readonly events: EventLog | null;
  /** Milliseconds that only go forward. */
  steadyMs(): number;
  /** Seconds since 1970. */
  nowS(): number;
}

/** What became of one target. */
export interface TargetAnswer {
  readonly target: string;
  readonly series: readonly Series[];
  /** Why there are no series; null when nothing failed. */
  readonly failure: Pick<Refused, 'why' | 'help' | 'call'> | null;
  /** Text behind the target that was not read: mostly a bracket or a quote is missing. */
  readonly rest: { readonly text: string; readonly at: number } | null;
  /** Sentences about metrics whose files could not be read. */
  readonly unread: readonly string[];
}

/** An answer for each target of `request`, in order. */
export async function renderSeries(
  request: RenderRequest,
  parts: RenderParts,
  watch: Watch | null = null,
): Promise<readonly TargetAnswer[]> {
  const requestEndMs = parts.steadyMs() + REQUEST_MS_MAX;
  let endMs = 0;
  const isLate = (): boolean => parts.steadyMs() > endMs;
  const fetches = makeFetches(parts, request.nowS, request.xFilesFactor, isLate);
  const { events } = parts;
  const context: RenderContext = {
    ...request,
    regex: parts.regex,
    have: fetches.have,
    isLate,
    eventTimes: (tags, fromS, untilS) =>
      (events?.find({ fromS, untilS, tags, isUnion: false }) ?? []).map(({ whenS }) => whenS),
  };
  const answers: TargetAnswer[] = [];
  let carried = makeCarried();
  for (const target of request.targets) {
    endMs = Math.min(requestEndMs, parts.steadyMs() + TARGET_MS_MAX);
    const unreadBefore = fetches.unread().length;
    const parsed = parseTargetAndRest(target);
    const outcome = parsed.ok
      ? await outcomeOf(parsed.value, context, fetches, carried, watch)
      : refused(parsed.why);
    if (outcome.kind === 'done') ({ carried } = outcome);
    const { rest, restAt } = parsed.ok ? parsed.value : { rest: '', restAt: 0 };
    answers.push({
      target,
      series: outcome.kind === 'done' ? outcome.series : [],
      failure: outcome.kind === 'done' ? null : outcome,
      rest: rest === '' ? null : { text: rest, at: restAt },
      unread: fetches.unread().slice(unreadBefore),
    });
  }
  return answers;
}

async function outcomeOf(
  { expression }: ParsedTarget,
  context: RenderContext,
  fetches: Fetches,
  before: Carried,
  watch: Watch | null,
): Promise<(Done & { readonly carried: Carried }) | Refused> {
  for (let round = 0; round < RENDER_ROUNDS_MAX; round++) {
    const carried = copyOfCarried(before);
    const outcome = evaluate(expression, context, carried);
    if (outcome.kind === 'need') {
      const fetched = await fetches.fetch(outcome.need);
      if (!fetched.ok) return refused(fetched.why);
      continue;
    }
    // With all data there it is quick, and nothing is told twice.
    if (watch) evaluate(expression, context, copyOfCarried(before), watch);
    return outcome.kind === 'done' ? { ...outcome, carried } : outcome;
  }
  return refused(`The target needs data more than ${RENDER_ROUNDS_MAX} times; make it simpler`);
}
