// /render?format=svg: series as a picture. PNG and PDF would need a program that makes pixels, and there is none here.

import { bad, good, type Result } from '../../core/base/result.ts';
import { svgColor } from '../../core/graph/colors.ts';
import { lineGraph } from '../../core/graph/line-graph.ts';
import { readGraphOptions } from '../../core/graph/options.ts';
import { pieGraph, type Slice } from '../../core/graph/pie-graph.ts';
import { pieAggregation } from '../../core/graphite/pie-functions.ts';
import type { Series } from '../../core/graphite/series.ts';
import { invalidParameters, jsonpAnswer, plainAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import type { RenderRequest } from './render-request.ts';

/** What the original answers for any format that is no other one, and for pies always. */
export function isPicture({ format, isPie }: RenderRequest): boolean {
  const others = ['json', 'csv', 'raw', 'pickle', 'msgpack', 'dygraph', 'rickshaw', 'explain'];
  return isPie || format === null || !others.includes(format);
}

export function answerNoPicture({ format, isPie }: RenderRequest): Response {
  const asked = format === null ? 'No format was asked for, and a picture' : `format=${format}`;
  return plainAnswer(
    501,
    `${asked} would be made of pixels, which this server does not draw. Ask for format=svg, the same picture in lines${isPie ? '' : ', or for format=json, the numbers'}.`,
  );
}

export function answerPicture(
  series: readonly Series[],
  request: RenderRequest,
  parameters: Parameters,
  cache: Readonly<Record<string, string>>,
): Response {
  const options = readGraphOptions((name) => parameters.one(name));
  if (!options.ok) return invalidParameters(options.why);
  const slices = request.isPie ? slicesOf(series, request, parameters) : good([]);
  if (!slices.ok) return invalidParameters(slices.why);
  const picture = request.isPie
    ? pieGraph(slices.value, options.value)
    : lineGraph(series, request, options.value);
  const svg = `<?xml version="1.0" encoding="UTF-8"?>\n${picture}\n`;
  const jsonp = parameters.one('jsonp');
  if (jsonp) return jsonpAnswer(jsonp, JSON.stringify(svg), cache);
  return new Response(svg, { headers: { ...cache, 'content-type': 'image/svg+xml' } });
}

/** The slices that stand in targets as `name:value`, then one for each series. */
function slicesOf(
  series: readonly Series[],
  { slices }: RenderRequest,
  parameters: Parameters,
): Result<readonly Slice[]> {
  const mode = parameters.one('pieMode') ?? 'average';
  const aggregate = pieAggregation(mode);
  if (!aggregate) return bad(`There is no pieMode '${mode}'; use average, maximum or minimum`);
  return good([
    ...slices.map(([name, value]) => ({ name, value, color: null })),
    ...series.map(({ name, values, drawing }) => ({
      name,
      value: aggregate(values),
      color: drawing?.color === undefined ? null : svgColor(drawing.color),
    })),
  ]);
}
