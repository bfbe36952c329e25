// /tags: series by their tags, to be asked for, told and forgotten. Answers are those of graphite-web.

import type { Hono } from 'hono';
import { bad, good, type Result } from '../../core/base/result.ts';
import type { Pattern, Regex } from '../../core/graphite/regex.ts';
import {
  anchored,
  parseTagExpressions,
  type TagExpression,
} from '../../core/tags/tag-expression.ts';
import type { TagLog } from '../../core/tags/tag-log.ts';
import { invalidParameters, jsonAnswer, jsonError } from '../answers.ts';
import { BODY_BYTES_MAX, TAG_PATHS_MAX } from '../limits.ts';
import { readParameters, type Parameters } from '../parameters.ts';
import { pythonJson, type JsonValue } from '../python-json.ts';

/** Answers of the completer where the request has no limit, as TAGDB_AUTOCOMPLETE_LIMIT. */
const COMPLETED_USUALLY = 100;

export interface TagParts {
  readonly tags: TagLog;
  readonly regex: Regex;
  /** True when the other end is this machine: others only read. */
  readonly isNear: (request: Request) => boolean;
}

type Answer = (parameters: Parameters) => Result<JsonValue>;

export function addTagRoutes(app: Hono, parts: TagParts): void {
  const { tags, regex, isNear } = parts;

  /** `methods` are those that are answered. */
  function route(path: string, methods: readonly string[], answer: Answer): void {
    app.all(path, async ({ req }) => {
      if (!methods.includes(req.method))
        return new Response('', {
          status: 405,
          headers: { allow: methods.join(', '), 'content-type': 'text/html; charset=utf-8' },
        });
      const isWriting = !methods.includes('GET');
      if (isWriting && !isNear(req.raw))
        return jsonError(
          403,
          'Only this machine may tell of series here; other machines may read.',
        );
      const parameters = await readParameters(req.raw, BODY_BYTES_MAX);
      if (!parameters.ok) return invalidParameters(parameters.why);
      const answered = answer(parameters.value);
      if (answered.ok) return jsonAnswer(pythonJson(answered.value), parameters.value);
      return new Response(pythonJson({ error: answered.why }), {
        // What cannot be read as a name is an exception there.
        status: answered.why.startsWith('Cannot parse path') ? 500 : 400,
        headers: { 'content-type': 'application/json' },
      });
    });
  }

  const expressions = (parameters: Parameters): Result<readonly TagExpression[]> =>
    parseTagExpressions(parameters.all('expr'), regex);

  route('/tags', ['GET'], (parameters) => {
    const filter = filterOf(parameters, regex);
    const limit = limitOf(parameters, Infinity);
    if (!filter.ok) return filter;
    if (!limit.ok) return limit;
    return good(
      tags
        .index()
        .tags(filter.value, limit.value)
        .map(({ id, tag }) => ({ id, tag })),
    );
  });
  route('/tags/findSeries', ['GET', 'POST'], (parameters) => {
    if (parameters.all('expr').length === 0) return bad('no tag expressions specified');
    const wanted = expressions(parameters);
    return wanted.ok ? tags.index().find(wanted.value) : wanted;
  });
  route('/tags/autoComplete/tags', ['GET', 'POST'], (parameters) => {
    const wanted = expressions(parameters);
    if (!wanted.ok) return wanted;
    const limit = limitOf(parameters, COMPLETED_USUALLY);
    if (!limit.ok) return limit;
    const prefix = parameters.one('tagPrefix') ?? '';
    return tags.index().completeTags(wanted.value, prefix, limit.value);
  });
  route('/tags/autoComplete/values', ['GET', 'POST'], (parameters) => {
    const tag = parameters.one('tag');
    if (!tag) return bad('no tag specified');
    const wanted = expressions(parameters);
    if (!wanted.ok) return wanted;
    const limit = limitOf(parameters, COMPLETED_USUALLY);
    if (!limit.ok) return limit;
    const prefix = parameters.one('valuePrefix') ?? '';
    return tags.index().completeValues(wanted.value, tag, prefix, limit.value);
  });
  route('/tags/tagSeries', ['POST'], (parameters) => {
    const path = parameters.one('path');
    return path ? tags.add(path) : bad('no path specified');
  });
  route('/tags/tagMultiSeries', ['POST'], (parameters) =>
    eachPath(parameters, 'no paths specified', (path) => tags.add(path)),
  );
  route('/tags/delSeries', ['POST'], (parameters) => {
    const gone = eachPath(parameters, 'no path specified', (path) => tags.remove(path));
    return gone.ok ? good(true) : gone;
  });
  app.all('/tags/:tag', async ({ req }) => {
    if (req.method !== 'GET') return new Response('', { status: 405, headers: { allow: 'GET' } });
    const parameters = await readParameters(req.raw, BODY_BYTES_MAX);
    if (!parameters.ok) return invalidParameters(parameters.why);
    const details = detailsOf(req.param('tag'), parameters.value, parts);
    if (!details.ok) return jsonError(400, details.why);
    return jsonAnswer(pythonJson(details.value), parameters.value);
  });
}

function detailsOf(
  tag: string,
  parameters: Parameters,
  { tags, regex }: TagParts,
): Result<JsonValue> {
  const filter = filterOf(parameters, regex);
  if (!filter.ok) return filter;
  const limit = limitOf(parameters, Infinity);
  if (!limit.ok) return limit;
  const found = tags.index().values(tag, filter.value, limit.value);
  if (found === null) return good(null);
  const values = found.values.map(({ id, value, count }) => ({ id, value, count }));
  return good({ id: found.id, tag, values });
}

function eachPath(
  parameters: Parameters,
  none: string,
  visit: (path: string) => Result<string>,
): Result<readonly string[]> {
  const paths = parameters.all('path');
  if (paths.length === 0) return bad(none);
  if (paths.length > TAG_PATHS_MAX)
    return bad(`The request has ${paths.length} paths; ${TAG_PATHS_MAX} are allowed`);
  const done: string[] = [];
  for (const path of paths) {
    const result = visit(path);
    if (!result.ok) return result;
    done.push(result.value);
  }
  return good(done);
}

function filterOf(parameters: Parameters, regex: Regex): Result<Pattern | null> {
  const filter = parameters.one('filter');
  return filter ? regex.compile(anchored(filter)) : good(null);
}

function limitOf(parameters: Parameters, usual: number): Result<number> {
  const text = parameters.one('limit');
  if (!text) return good(usual);
  return /^\d{1,9}$/.test(text)
    ? good(Number(text))
    : bad(`limit must be a whole number, not '${text}'`);
}
