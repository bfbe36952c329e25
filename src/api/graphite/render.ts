// /render: targets in, series out.
//
//   targets ─ parse ─ evaluate ─┬─ series ─ fit to maxDataPoints ─ json, csv, raw ...
//                ▲              │
//                └── fetch ◄── need        at most RENDER_ROUNDS_MAX rounds

import { bad, good, type Result } from '../../core/base/result.ts';
import { evaluate, RENDER_ROUNDS_MAX } from '../../core/graphite/evaluate.ts';
import type { Expression } from '../../core/graphite/expression.ts';
import { parseTarget } from '../../core/graphite/grammar.ts';
import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import type { Regex } from '../../core/graphite/regex.ts';
import { makeCarried, type Need } from '../../core/graphite/render-function.ts';
import type { Series } from '../../core/graphite/series.ts';
import { invalidParameters, jsonAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import type { Store } from '../store.ts';
import { makeFetches } from './fetch-needs.ts';
import {
  seriesCsv,
  seriesDygraph,
  seriesJson,
  seriesRaw,
  seriesRickshaw,
} from './render-formats.ts';
import { readRenderRequest, type RenderRequest } from './render-request.ts';

export interface RenderParts {
  readonly store: Store;
  readonly regex: Regex;
  /** Seconds since 1970. */
  nowS(): number;
}

export async function answerRender(parameters: Parameters, parts: RenderParts): Promise<Response> {
  const request = readRenderRequest(parameters, parts.nowS());
  if (!request.ok) return invalidParameters(request.why);
  const series = await renderSeries(request.value, parts);
  if (!series.ok) return invalidParameters(series.why, request.value.targets);
  return answerSeries(series.value, request.value, parameters);
}

/** The series of all targets of `request`, one after the other. */
export async function renderSeries(
  request: RenderRequest,
  parts: RenderParts,
): Promise<Result<readonly Series[]>> {
  const expressions: Expression[] = [];
  for (const target of request.targets) {
    const parsed = parseTarget(target);
    if (!parsed.ok) return parsed;
    expressions.push(parsed.value);
  }
  const fetches = makeFetches(parts.store, request.nowS, request.xFilesFactor);
  const context = { ...request, regex: parts.regex, have: fetches.have };

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
    if (need.length === 0) return good(series);
    const fetched = await fetches.fetch(need);
    if (!fetched.ok) return fetched;
  }
  return bad(`The targets need data more than ${RENDER_ROUNDS_MAX} times; make them simpler`);
}

function answerSeries(
  series: readonly Series[],
  request: RenderRequest,
  parameters: Parameters,
): Response {
  const cache = { 'cache-control': cacheControl(request.cacheS) };
  const text = (type: string, body: string): Response =>
    new Response(body, { headers: { ...cache, 'content-type': type } });

  switch (request.format) {
    case 'json': {
      const fitted = request.pointsMax === null ? series : fitToPoints(series, request.pointsMax);
      return jsonAnswer(seriesJson(fitted, request.withoutGaps), parameters, cache);
    }
    case 'csv':
      return text('text/csv', seriesCsv(series, request.offsetAt));
    case 'raw':
      return text('text/plain', seriesRaw(series));
    case 'dygraph':
      return jsonAnswer(seriesDygraph(series), parameters, cache);
    case 'rickshaw':
      return jsonAnswer(seriesRickshaw(series), parameters, cache);
    default:
      return invalidParameters(
        `The format '${request.format ?? 'png'}' is not offered; ask for json, csv, raw, dygraph or rickshaw`,
      );
  }
}

function cacheControl(cacheS: number): string {
  return cacheS > 0
    ? `max-age=${cacheS}`
    : 'max-age=0, no-cache, no-store, must-revalidate, private';
}
