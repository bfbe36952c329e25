// /render: targets in, series out.
//
//   targets ─ render-series.ts ─ series ─ fit to maxDataPoints ─ json, csv, raw ...

import { fitToPoints } from '../../core/graphite/max-data-points.ts';
import type { Series } from '../../core/graphite/series.ts';
import { invalidParameters, jsonAnswer, jsonPiecesAnswer, piecesAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { MSGPACK_TYPE, PICKLE_TYPE, seriesMsgpack, seriesPickle } from './binary-formats.ts';
import { answerExplain } from './explain.ts';
import {
  seriesCsv,
  seriesDygraph,
  seriesJson,
  seriesRaw,
  seriesRickshaw,
} from './render-formats.ts';
import { answerNoPicture, answerPicture, isPicture } from './picture.ts';
import { renderSeries, type RenderParts, type TargetAnswer } from './render-series.ts';
import { saidHeader, saidLine, saidOf, saidOfOne } from './said.ts';
import { readRenderRequest, type RenderRequest } from './render-request.ts';

export async function answerRender(parameters: Parameters, parts: RenderParts): Promise<Response> {
  const request = readRenderRequest(parameters, parts.nowS());
  if (!request.ok) return invalidParameters(request.why);
  if (isPicture(request.value) && request.value.format !== 'svg')
    return answerNoPicture(request.value);
  if (request.value.format === 'explain') return answerExplain(request.value, parts, parameters);
  const answers = await renderSeries(request.value, parts);
  const said = saidOf(answers);
  const failed = answers.filter(({ failure }) => failure !== null);
  const [first] = failed;
  if (first?.failure && failed.length === answers.length)
    return invalidParameters(first.failure.why, request.value.targets, said.map(saidLine));
  const answer = answerSeries(withFailures(answers, request.value), request.value, parameters);
  const header = saidHeader(said);
  if (header !== null) answer.headers.set(SAID_HEADER, header);
  return answer;
}

/** Answers of more points than these are sent series by series, and are never one text. */
const POINTS_AT_ONCE = 200_000;

/** Where an answer says what became of targets that failed while others did not. */
export const SAID_HEADER = 'x-stacklab-said';

/**
 * In JSON, which dashboards draw, a failed target among others is a series of one gap whose name
 * is the reason: its legend shows it, and nobody takes the rest for all.
 */
function withFailures(
  answers: readonly TargetAnswer[],
  { format, fromS, untilS }: RenderRequest,
): readonly Series[] {
  return answers.flatMap((answer, index) => {
    if (answer.failure === null || format !== 'json') return answer.series;
    const lines = saidOfOne(answer, index).map(saidLine);
    return [gapCalled(lines[0] ?? answer.failure.why, fromS, untilS)];
  });
}

function gapCalled(name: string, fromS: number, untilS: number): Series {
  return {
    name,
    pathExpression: name,
    start: untilS,
    end: untilS,
    step: untilS - fromS,
    values: Float64Array.of(NaN),
    whole: false,
    tags: {},
    consolidation: 'average',
    xFilesFactor: 0,
  };
}

function answerSeries(
  series: readonly Series[],
  request: RenderRequest,
  parameters: Parameters,
): Response {
  const cache = { 'cache-control': cacheControl(request.cacheS) };

  const bytes = (type: string, body: Uint8Array<ArrayBuffer>): Response =>
    new Response(body, { headers: { ...cache, 'content-type': type } });

  const pieces = (type: string, body: Iterable<Uint8Array>): Response =>
    piecesAnswer(body, isLong(series), { ...cache, 'content-type': type });

  if (request.isPie) return answerPicture(series, request, parameters, cache);
  switch (request.format) {
    case 'json': {
      const fitted = request.pointsMax === null ? series : fitToPoints(series, request.pointsMax);
      const body = seriesJson(fitted, request.withoutGaps);
      return jsonPiecesAnswer(body, isLong(fitted), parameters, cache);
    }
    case 'csv':
      return pieces('text/csv', seriesCsv(series, request.offsetAt));
    case 'raw':
      return pieces('text/plain', seriesRaw(series));
    case 'pickle':
      return bytes(PICKLE_TYPE, seriesPickle(series));
    case 'msgpack':
      return bytes(MSGPACK_TYPE, seriesMsgpack(series));
    case 'dygraph':
      return jsonAnswer(seriesDygraph(series), parameters, cache);
    case 'rickshaw':
      return jsonAnswer(seriesRickshaw(series), parameters, cache);
    default:
      return answerPicture(series, request, parameters, cache);
  }
}

function isLong(all: readonly Series[]): boolean {
  return all.reduce((sum, { values }) => sum + values.length, 0) > POINTS_AT_ONCE;
}

function cacheControl(cacheS: number): string {
  return cacheS > 0
    ? `max-age=${cacheS}`
    : 'max-age=0, no-cache, no-store, must-revalidate, private';
}
