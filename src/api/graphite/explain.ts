// /render?format=explain: not the series, but how each target came to them.

import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import { makeExplainer } from '../../core/trace/explain-target.ts';
import { invalidParameters } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import type { RenderRequest } from './render-request.ts';
import { renderSeries, type RenderParts } from './render-series.ts';

/** {"targets": [Explained, ...], "consolidation": what maxDataPoints does to them, "readMs": time for reading the data} */
export async function answerExplain(
  request: RenderRequest,
  parts: RenderParts,
  parameters: Parameters,
): Promise<Response> {
  const startMs = parts.steadyMs();
  const explainer = makeExplainer(parts.steadyMs);
  const series = await renderSeries(request, parts, explainer);
  if (!series.ok) return invalidParameters(series.why, request.targets);
  const targets = explainer.roots();
  const computedMs = targets.reduce((total, { tookMs }) => total + tookMs, 0);
  const fitted =
    request.pointsMax === null ? series.value : fitToPoints(series.value, request.pointsMax);
  const consolidation = fitted.flatMap((after, i) => {
    const before = series.value[i];
    if (!before || after.step === before.step) return [];
    return [
      {
        target: before.name,
        from: before.values.length,
        to: after.values.length,
        perPoint: after.step / before.step,
        function: before.consolidation,
        xFilesFactor: before.xFilesFactor,
      },
    ];
  });
  const readMs = Math.max(0, parts.steadyMs() - startMs - computedMs);
  const spaces = parameters.one('pretty') ? 2 : undefined;
  return new Response(JSON.stringify({ targets, consolidation, readMs }, null, spaces), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
