// Requests and answers of graphite-web, as test/golden/graphite keeps them.

import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { makeApp } from '../../src/api/app.ts';
import type { Clock } from '../../src/core/host/clock.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS, NOW_S } from '../tools/recorded-metrics.ts';

export interface Exchange {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The exchanges in a golden file: "GET path", "  -> status type", "    body". */
export function readExchanges(file: string): readonly Exchange[] {
  const text = readFileSync(new URL(`../golden/graphite/${file}`, import.meta.url), 'utf8');
  return text.split(/^GET /m).flatMap((block) => {
    const found = /^(.*?) *\n {2}-> (\d+) (.*?) *\n {4}([^]*)$/.exec(block);
    if (!found) return [];
    const [, path = '', status = '', type = '', body = ''] = found;
    return [{ path, status: Number(status), type, body: body.replace(/\n$/, '') }];
  });
}

/** A clock that stands. */
export const stoppedClock: Clock = {
  now: () => NOW_S * 1000,
  steadyMs: () => 0,
  at: () => () => undefined,
};

export const ORIGIN = 'http://127.0.0.1:8080';

export function makeRecordedApp(): Hono {
  return makeApp({ store: makeMemoryStore(METRICS), clock: stoppedClock });
}

/** The text that a page of HTML shows for `text`. */
export function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
