import { beforeEach, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { makeApp } from '../../src/api/app.ts';
import { PROGRESS_BYTES_MAX, SEND_BYTES_MAX, SEND_PER_SECOND_MAX } from '../../src/api/stacklab.ts';
import { bad, good } from '../../src/core/base/result.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { ORIGIN } from './recorded.ts';

let app: Hono;
let nowMs: number;
let sent: string[];
let saved: string | null;
let near: boolean;

beforeEach(() => {
  nowMs = 1_700_000_000_000;
  sent = [];
  saved = null;
  near = true;
  app = makeApp({
    store: makeMemoryStore({}),
    clock: { now: () => nowMs, steadyMs: () => nowMs, at: () => () => undefined },
    stacklab: {
      status: () => ({
        version: '0.1.0',
        places: { statsd: { host: '127.0.0.1', port: 8125 } },
        startedAtS: 1,
        pointsPerSecond: 2,
      }),
      where(metric) {
        if (metric === 'a..b') return bad('The name has an empty part.');
        const [stage, reason] =
          metric === null ? ['lost', 'no point was lost'] : ['name', `it is kept as ${metric}`];
        return good([{ stage, verdict: 'yes', reason, place: null }]);
      },
      send: (to, packet) => sent.push(`${to} ${new TextDecoder().decode(packet)}`),
      progress: {
        read: () => saved,
        write(text) {
          saved = text;
          return good(null);
        },
      },
      dashboards: {
        list: () => [{ uid: 'host', title: 'This machine', tags: [] }],
        read: (uid) => (uid === 'host' ? '{"title":"This machine"}' : null),
      },
      isNear: () => near,
    },
  });
});

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return app.request(`${ORIGIN}/stacklab/${path}`, init);
}

test('the status says what runs here', async () => {
  expect(await (await ask('status')).json()).toEqual({
    name: 'stacklab',
    version: '0.1.0',
    places: { statsd: { host: '127.0.0.1', port: 8125 } },
    startedAtS: 1,
    pointsPerSecond: 2,
  });
});

test('a packet of a page goes to the port of its name, and to no other', async () => {
  const answer = await ask('send?to=statsd', { method: 'POST', body: 'a:1|c' });
  expect(answer.status).toBe(204);
  expect(sent).toEqual(['statsd a:1|c']);
  expect((await ask('send?to=127.0.0.1:22', { method: 'POST', body: 'x' })).status).toBe(400);
  expect((await ask('send', { method: 'POST', body: 'x' })).status).toBe(400);
  expect(sent.length).toBe(1);
});

test('a packet may have its largest size and not a byte more', async () => {
  const send = async (bytes: number): Promise<number> =>
    (await ask('send?to=carbon', { method: 'POST', body: 'x'.repeat(bytes) })).status;
  expect(await send(SEND_BYTES_MAX)).toBe(204);
  expect(await send(SEND_BYTES_MAX + 1)).toBe(413);
});

test('packets beyond the rate are refused until time has passed', async () => {
  const send = async (): Promise<number> =>
    (await ask('send?to=statsd', { method: 'POST', body: 'x' })).status;
  for (let packet = 0; packet < SEND_PER_SECOND_MAX; packet++) expect(await send()).toBe(204);
  expect(await send()).toBe(429);
  nowMs += 1000 / SEND_PER_SECOND_MAX;
  expect(await send()).toBe(204);
  expect(await send()).toBe(429);
});

test('progress comes back as it was given', async () => {
  expect((await ask('progress')).status).toBe(204);
  const text = '{"format": "stacklab.progress.v1", "version": 1, "items": {}}';
  expect((await ask('progress', { method: 'PUT', body: text })).status).toBe(204);
  expect(await (await ask('progress')).text()).toBe(text);
});

test.each([
  ['{"format": "other"}', /must be an object with "format"/],
  ['[]', /must be an object with "format"/],
  ['null', /must be an object with "format"/],
  ['{', /must be JSON/],
  [' '.repeat(PROGRESS_BYTES_MAX + 1), /longer than/],
])('progress that is something else is refused: %.20j', async (body, sentence) => {
  const answer = await ask('progress', { method: 'PUT', body });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toMatch(sentence);
  expect(saved).toBe(null);
});

test('dashboards are listed, and read by their id', async () => {
  expect(await (await ask('dashboards')).json()).toEqual([
    { uid: 'host', title: 'This machine', tags: [] },
  ]);
  expect(await (await ask('dashboards/host')).json()).toEqual({ title: 'This machine' });
  expect((await ask('dashboards/other')).status).toBe(404);
  expect((await ask('dashboards/..%2Fhost')).status).toBe(404);
});

test('another machine may read and may not write', async () => {
  near = false;
  expect((await ask('status')).status).toBe(200);
  expect((await ask('send?to=statsd', { method: 'POST', body: 'x' })).status).toBe(403);
  expect((await ask('progress', { method: 'PUT', body: '{}' })).status).toBe(403);
});

test('says where the points of a metric are, and which name it was not asked for', async () => {
  const found = await app.request('/stacklab/where?metric=web1.load');
  expect(await found.json()).toEqual({
    metric: 'web1.load',
    steps: [{ stage: 'name', verdict: 'yes', reason: 'it is kept as web1.load', place: null }],
  });
  const refused = await app.request('/stacklab/where?metric=a..b');
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('an empty part');
});

test.each(['', '?metric='])('without a metric says what is lost of all: "%s"', async (query) => {
  const found = await app.request(`/stacklab/where${query}`);
  expect(await found.json()).toEqual({
    metric: null,
    steps: [{ stage: 'lost', verdict: 'yes', reason: 'no point was lost', place: null }],
  });
});
