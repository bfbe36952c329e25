// /stacklab/why?target=…&time=…: why is this value null, or this number? From the target down to the bytes of a file.

import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import type { Series } from '../../core/graphite/series.ts';
import { parseAtTime } from '../../core/time/attime.ts';
import type { Step } from '../../core/trace/step.ts';
import {
  makeWhyWatch,
  momentOf,
  WHY_SERIES_MAX,
  type WhyPart,
} from '../../core/trace/why-value.ts';
import { isLookedUp } from '../../core/trace/watched-parts.ts';
import { jsonError } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { readRenderRequest, type RenderRequest } from './render-request.ts';
import { renderSeries, type RenderParts } from './render-series.ts';
import { saidOf } from './said.ts';

/** Metrics whose files one answer looks into. */
export const WHY_METRICS_MAX = 20;

/**
 * Parameters are those of /render, so that the answer is about what it shows, with one target and a `time`.
 *
 * {"target", "time", "series": the values as drawn, with how many points one stands for, "parts": [WhyPart, ...],
 * "metrics": [{"metric", "time", "steps": [Step, ...]}, ...], "said": what failed or was not read}
 */
export async function answerWhy(parameters: Parameters, parts: RenderParts): Promise<Response> {
  const request = readRenderRequest(parameters, parts.nowS());
  if (!request.ok) return jsonError(400, request.why);
  const { targets, nowS, offsetAt } = request.value;
  if (targets.length !== 1)
    return jsonError(400, `Why? takes one target; ${targets.length} were given.`);
  const asked = parameters.one('time') ?? '';
  const time = parseAtTime(asked, nowS, offsetAt);
  if (asked === '' || !time.ok)
    return jsonError(
      400,
      `Why? needs a time, like time=${nowS} or time=-5min${time.ok ? '' : `; ${time.why}`}.`,
    );

  const watch = makeWhyWatch(time.value, request.value);
  const answers = await renderSeries(request.value, parts, watch);
  const roots = watch.roots();
  return new Response(
    JSON.stringify({
      target: targets[0],
      time: time.value,
      series: drawn(
        answers.flatMap(({ series }) => series),
        request.value,
        time.value,
      ),
      parts: roots,
      metrics: await metricsOf(roots, nowS, parts),
      said: saidOf(answers),
    }),
    { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } },
  );
}

/** The moment in each series as /render gives it: with maxDataPoints, a point may stand for several. */
function drawn(series: readonly Series[], { pointsMax }: RenderRequest, time: number): unknown {
  const fitted = pointsMax === null ? series : fitToPoints(series, pointsMax);
  return fitted.slice(0, WHY_SERIES_MAX).map((after, i) => {
    const before = series[i];
    const points = before ? after.step / before.step : 1;
    const { consolidation, xFilesFactor } = after;
    return {
      ...momentOf(after, time),
      ...(points > 1 ? { joined: { points, function: consolidation, xFilesFactor } } : {}),
    };
  });
}

interface MetricSteps {
  readonly metric: string;
  readonly time: number;
  readonly steps: readonly Step[];
}

async function metricsOf(
  roots: readonly WhyPart[],
  nowS: number,
  { store }: RenderParts,
): Promise<readonly MetricSteps[]> {
  const found = new Map<string, MetricSteps>();
  for (const { from, until, time, series } of pathsIn(roots))
    for (const { name } of series) {
      const key = `${time} ${name}`;
      if (found.has(key) || found.size >= WHY_METRICS_MAX) continue;
      const request = { path: name, fromS: from, untilS: until, nowS, timeS: time };
      found.set(key, { metric: name, time, steps: await store.why(request) });
    }
  return [...found.values()];
}

function pathsIn(parts: readonly WhyPart[]): readonly WhyPart[] {
  return parts.flatMap((part) => (isLookedUp(part) ? [part] : pathsIn(part.parts)));
}
