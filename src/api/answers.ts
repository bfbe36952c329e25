// Answers in the forms that graphite-web gives them.

import { joinBytes } from '../core/base/bytes.ts';
import { indentJson } from './python-json.ts';
import type { Parameters } from './parameters.ts';

/** JSON text; spread over lines when `pretty` is asked for; a call when `jsonp` names a function. */
export function jsonAnswer(
  json: string,
  parameters: Parameters,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const text = parameters.one('pretty') ? indentJson(json) : json;
  const callback = parameters.one('jsonp');
  if (callback) return jsonpAnswer(callback, text, headers);
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } });
}

/** A call of the function `callback` with what `json` says. */
export function jsonpAnswer(
  callback: string,
  json: string,
  headers: Readonly<Record<string, string>>,
): Response {
  // The name becomes code in the page that asked: nothing but a name may go in.
  if (!/^[A-Za-z_$][\w$.]{0,99}$/.test(callback))
    return invalidParameters(`jsonp must be the name of a function, not '${callback}'`);
  return new Response(`${callback}(${json})`, {
    headers: { ...headers, 'content-type': 'text/javascript' },
  });
}

/** JSON in pieces: sent one after the other, where it is `isLong` and need not be set in lines. */
export function jsonPiecesAnswer(
  pieces: Iterable<Uint8Array>,
  isLong: boolean,
  parameters: Parameters,
  headers: Readonly<Record<string, string>>,
): Response {
  if (parameters.one('pretty') || parameters.one('jsonp'))
    return jsonAnswer(new TextDecoder().decode(joinBytes([...pieces])), parameters, headers);
  return piecesAnswer(pieces, isLong, { ...headers, 'content-type': 'application/json' });
}

/** Where it `isLong`, a piece is made only when the one before it was taken, and never all are there at once. */
export function piecesAnswer(
  pieces: Iterable<Uint8Array>,
  isLong: boolean,
  headers: Readonly<Record<string, string>>,
): Response {
  if (!isLong) return new Response(joinBytes([...pieces]), { headers });
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return new Response(body, { headers });
}

/** 400, as graphite-web words it: "Invalid parameters (what is wrong)", then where; `more` are lines behind that. */
export function invalidParameters(
  why: string,
  targets: readonly string[] = [],
  more: readonly string[] = [],
): Response {
  const where = targets.length > 0 ? `; targets: "${targets.join(', ')}"` : '';
  const lines = [`Invalid parameters (${why})${where}`, ...more];
  return new Response(escapeHtml(lines.join('\n')), {
    status: 400,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

/** An answer of one plain sentence. */
export function plainAnswer(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** An error of our own routes: {"error": "a sentence"}. */
export function jsonError(status: number, error: string): Response {
  return new Response(JSON.stringify({ error }), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => HTML_ESCAPES[sign] ?? sign);
}
