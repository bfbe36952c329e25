// /render: targets in, series out.
//
//   targets ─ render-series.ts ─ series ─ fit to maxDataPoints ─ json, csv, raw ...

import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import type { Series } from '../../core/graphite/series.ts';
import { invalidParameters, jsonAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { answerExplain } from './explain.ts';
import {
  seriesCsv,
  seriesDygraph,
  seriesJson,
  seriesRaw,
  seriesRickshaw,
} from './render-formats.ts';
import { renderSeries, type RenderParts } from './render-series.ts';
import { readRenderRequest, type RenderRequest } from './render-request.ts';

export async function answerRender(parameters: Parameters, parts: RenderParts): Promise<Response> {
  const request = readRenderRequest(parameters, parts.nowS());
  if (!request.ok) return invalidParameters(request.why);
  if (request.value.format === 'explain') return answerExplain(request.value, parts, parameters);
  const series = await renderSeries(request.value, parts);
  if (!series.ok) return invalidParameters(series.why, request.value.targets);
  return answerSeries(series.value, request.value, parameters);
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
