// /render?format=explain: not the series, but how each target came to them.

import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import { makeExplainer } from '../../core/trace/explain-target.ts';
import type { Parameters } from '../parameters.ts';
import type { RenderRequest } from './render-request.ts';
import { saidOf } from './said.ts';
import { renderSeries, type RenderParts } from './render-series.ts';

/**
 * {"targets": [Explained, ...], "consolidation": what maxDataPoints does to them, "readMs": time for reading the data,
 * "said": what failed or was not read, as in saidOf}
 */
export async function answerExplain(
  request: RenderRequest,
  parts: RenderParts,
  parameters: Parameters,
): Promise<Response> {
  const startMs = parts.steadyMs();
  const explainer = makeExplainer(parts.steadyMs);
  const answers = await renderSeries(request, parts, explainer);
  const series = answers.flatMap((answer) => answer.series);
  const targets = explainer.roots();
  const computedMs = targets.reduce((total, { tookMs }) => total + tookMs, 0);
  const fitted = request.pointsMax === null ? series : fitToPoints(series, request.pointsMax);
  const consolidation = fitted.flatMap((after, i) => {
    const before = series[i];
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
  return new Response(
    JSON.stringify({ targets, consolidation, readMs, said: saidOf(answers) }, null, spaces),
    {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    },
  );
}
