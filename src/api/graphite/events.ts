// /events: what happened, to be told and to be asked for.

import { good, bad, type Result } from '../../core/base/result.ts';
import type { EventLog, GraphiteEvent, Happening } from '../../core/events/event-log.ts';
import { parseAtTime } from '../../core/time/attime.ts';
import { utc } from '../../core/time/zone.ts';
import { escapeHtml, invalidParameters, jsonAnswer } from '../answers.ts';
import type { Parameters } from '../parameters.ts';
import { pythonJson } from '../python-json.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** POST /events/ with {what, tags: a list or words, when: seconds, data}. Its answers are those of graphite-web. */
export function answerPostEvent(body: string, events: EventLog, nowS: number): Response {
  const happening = readHappening(body, nowS);
  const added = happening.ok ? events.add(happening.value) : happening;
  if (added.ok) return new Response('', { headers: HTML });
  return new Response(pythonJson({ error: added.why }), { status: 400, headers: HTML });
}

function readHappening(body: string, nowS: number): Result<Happening> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return bad('The body is no JSON; an event is {"what": "update", "tags": ["web"]}.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return bad('An event is an object: {"what": "update", "tags": ["web"]}.');
  const { what = '', tags = null, when = nowS, data = '' } = parsed as Record<string, unknown>;
  const words = tagsOf(tags);
  if (words === null) return bad('"tags" must be an array or space-separated string');
  if (typeof when !== 'number') return bad('"when" is a time in seconds since 1970.');
  return good({ whenS: Math.floor(when), what: textOf(what), data: textOf(data), tags: words });
}

function tagsOf(tags: unknown): readonly string[] | null {
  if (tags === null) return [];
  if (Array.isArray(tags)) return tags.flatMap((tag) => wordsOf(textOf(tag)));
  return typeof tags === 'string' ? wordsOf(tags) : null;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** GET /events/get_data?from&until&tags=a b&set=union */
export function answerEventData(parameters: Parameters, events: EventLog, nowS: number): Response {
  const found = findEvents(parameters, events, nowS);
  if (!found.ok) return invalidParameters(found.why);
  return jsonAnswer(
    pythonJson(
      found.value.map(({ id, whenS, what, data, tags }) => ({ when: whenS, what, data, tags, id })),
    ),
    parameters,
  );
}

function findEvents(
  parameters: Parameters,
  events: EventLog,
  nowS: number,
): Result<readonly GraphiteEvent[]> {
  const timeOf = (name: string, usual: number): Result<number> => {
    const text = parameters.one(name);
    return text === null ? good(usual) : parseAtTime(text, nowS, utc);
  };
  const from = timeOf('from', 0);
  if (!from.ok) return from;
  const until = timeOf('until', nowS);
  if (!until.ok) return until;
  const tags = parameters.one('tags');
  return good(
    events.find({
      fromS: from.value,
      untilS: until.value,
      tags: tags === null ? null : tags.split(' '),
      isUnion: parameters.one('set') === 'union',
    }),
  );
}

/** GET /events/7/: as JSON for who accepts nothing else, else as a page. */
export function answerEvent(id: string, accept: string | null, events: EventLog): Response {
  const event = /^\d{1,15}$/.test(id) ? events.get(Number(id)) : null;
  const json = { 'content-type': 'application/json' };
  if (accept === 'application/json') {
    if (!event)
      return new Response(pythonJson({ error: 'Event matching query does not exist' }), {
        status: 404,
        headers: json,
      });
    const { whenS, what, data, tags } = event;
    const when = isoOf(whenS);
    return new Response(pythonJson({ id: event.id, when, what, data, tags }), { headers: json });
  }
  if (!event) return new Response(pageOf([]), { status: 404, headers: HTML });
  return new Response(pageOf([event]), { headers: HTML });
}

/** GET /events/: a plain table. */
export function answerEvents(parameters: Parameters, events: EventLog, nowS: number): Response {
  const found = findEvents(parameters, events, nowS);
  if (!found.ok) return invalidParameters(found.why);
  return new Response(pageOf(found.value.slice(-SHOWN_MAX)), { headers: HTML });
}

/** Rows of the page, the newest ones. */
const SHOWN_MAX = 1000;

function pageOf(events: readonly GraphiteEvent[]): string {
  const rows = events.map(({ id, whenS, what, data, tags }) => {
    const cells = [String(id), isoOf(whenS), what, tags.join(' '), data];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const none = events.length === 0 ? '<p>There is no such event.</p>' : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Events</title></head><body><h1>Events</h1>${none}
<table><tr><th>id</th><th>when</th><th>what</th><th>tags</th><th>data</th></tr>${rows.join('\n')}</table></body></html>
`;
}

/** Of a time beyond the calendar only the number. */
function isoOf(whenS: number): string {
  const date = new Date(whenS * 1000);
  return Number.isNaN(date.getTime()) ? String(whenS) : date.toISOString().replace('.000Z', 'Z');
}
