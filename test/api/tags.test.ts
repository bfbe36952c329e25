// Series by their tags, as graphite-web answered for them: every line of the recording.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { makeApp } from '../../src/api/app.ts';
import { makeWhisperStore } from '../../src/api/whisper-store.ts';
import { openTagLog, TAGS_FILE } from '../../src/core/tags/tag-log.ts';
import { createWhisper } from '../../src/core/whisper/create.ts';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { makeTree } from '../../src/core/whisper/tree.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { NOW_S } from '../tools/recorded-metrics.ts';
import { ORIGIN, stoppedClock } from './recorded.ts';

/** What the recorded server had, and the last three values of the series with tags. */
const FILES: Readonly<Record<string, readonly number[]>> = {
  'a.b.c': [],
  'a.b.d': [],
  'a.x.c': [],
  'a.x.e': [],
  'cnt.one': [],
  'e.mpty': [],
  'z.last.v': [],
  'disk.used;datacenter=dc1;rack=a1;server=web02': [7, 6, 5],
  'disk.used;datacenter=dc2;rack=b1;server=web03': [9, 8, 7],
};

interface Exchange {
  readonly request: string;
  readonly method: string;
  readonly path: string;
  /** Of the form in the body. */
  readonly form: Readonly<Record<string, string | readonly string[]>> | null;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** "GET path" or "POST path {form}", "-> status type", and the body, set in. */
function readExchanges(): readonly Exchange[] {
  const text = readFileSync(new URL('../golden/graphite/http-tags.txt', import.meta.url), 'utf8');
  return text.split(/^(?=GET |POST )/m).flatMap((block) => {
    const found = /^(GET|POST) (\S+) ?(\{.*?\})?\s*-> (\d+) (.*?)(?: \{.*\})?\n {4}([^]*)$/.exec(
      block,
    );
    if (!found) return [];
    const [, method = '', path = '', form, status = '', type = '', body = ''] = found;
    return [
      {
        request: `${method} ${path} ${form ?? ''}`.trim(),
        method,
        path,
        form: form ? (JSON.parse(form.replaceAll("'", '"')) as Exchange['form']) : null,
        status: Number(status),
        type,
        body: body.trimEnd(),
      },
    ];
  });
}

function makeTaggedApp(): Hono {
  const files = makeMemoryFiles();
  for (const [metric, values] of Object.entries(FILES)) {
    const path = metricPath(metric);
    if (!path.ok) throw new Error(path.why);
    createWhisper(files, path.value, [{ secondsPerPoint: 60, points: 60 }]);
    const opened = openWhisper(files, path.value);
    if (!opened.ok || !opened.value) throw new Error(metric);
    const points = values.map((value, i) => ({ time: NOW_S - 120 + 60 * i, value }));
    updateMany(opened.value, points, NOW_S);
  }
  const tree = makeTree(files);
  const store = makeWhisperStore({
    tree: {
      find: tree.find,
      fetch: tree.read,
      exists: tree.exists,
      why: () => [],
      reach: tree.reach,
    },
    cache: null,
    take: null,
  });
  const tags = openTagLog(files, TAGS_FILE, { say: () => undefined });
  return makeApp({ store, clock: stoppedClock, tags });
}

/** Values that are new in one call are numbered in the order of a Python set there, and as they came here. */
const withoutNumberOfDc2 = (body: string): string =>
  body.replace(/"id": \d+, "value": "dc2"/, '"id": n, "value": "dc2"');

const EXCHANGES = 41;

describe('series by their tags are answered as by graphite-web, one request after the other', () => {
  const exchanges = readExchanges();
  let app: Hono;
  beforeAll(() => {
    app = makeTaggedApp();
  });

  it(`${EXCHANGES} requests were recorded`, () => expect(exchanges.length).toBe(EXCHANGES));

  it.each(exchanges)('$request', async ({ method, path, form, status, type, body }) => {
    const pairs = new URLSearchParams();
    for (const [name, value] of Object.entries(form ?? {}))
      for (const one of [value].flat()) pairs.append(name, one);
    const answer = await app.request(`${ORIGIN}${path.replaceAll(';', '%3B')}`, {
      method,
      ...(form ? { body: pairs } : {}),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    expect(withoutNumberOfDc2(await answer.text())).toBe(withoutNumberOfDc2(body));
  });
});

describe('what is not in the recording', () => {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    makeTaggedApp().request(`${ORIGIN}${path}`, init);

  it('seriesByTag says what is wrong with an expression, and where it stands', async () => {
    const answer = await ask('/render?target=sumSeries(seriesByTag("zzz"))&format=json');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Invalid parameters (Invalid tagspec zzz)');
  });

  it('limits are whole numbers', async () => {
    const answer = await ask('/tags?limit=x');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "limit must be a whole number, not 'x'" });
  });

  it('a pattern that the engine cannot run is refused with a sentence', async () => {
    const answer = await ask(`/tags/findSeries?expr=${encodeURIComponent('name=~(')}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: expect.stringContaining('(') as string });
  });
});
