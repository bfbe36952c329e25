// /events answers as graphite-web does; its recording is graphite-web's own.

import { beforeEach, expect, test } from 'vitest';
import type { Hono } from 'hono';
import { makeApp } from '../../src/api/app.ts';
import { openEventLog } from '../../src/core/events/event-log.ts';
import { makeWorld } from '../../src/core/world/world.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS } from '../tools/recorded-metrics.ts';
import { ORIGIN, stoppedClock } from './recorded.ts';

let app: Hono;
beforeEach(() => {
  const { files, log } = makeWorld({ seed: 1, startMs: 0 });
  const events = openEventLog(files, 'events.jsonl', log);
  app = makeApp({ store: makeMemoryStore(METRICS), clock: stoppedClock, events });
});

const RECORDED = [
  { what: 'deploy', tags: ['a', 'b'], when: 1699999980, data: 'd1' },
  { what: 'deploy2', tags: 'b c', when: 1700000010 },
  { what: 'notags', when: 1700000020 },
];
const FIRST = '{"when": 1699999980, "what": "deploy", "data": "d1", "tags": ["a", "b"], "id": 1}';
const SECOND = '{"when": 1700000010, "what": "deploy2", "data": "", "tags": ["b", "c"], "id": 2}';
const THIRD = '{"when": 1700000020, "what": "notags", "data": "", "tags": [], "id": 3}';

function post(body: string): Promise<Response> {
  return Promise.resolve(app.request(`${ORIGIN}/events/`, { method: 'POST', body }));
}

async function tellAll(): Promise<void> {
  for (const event of RECORDED) {
    const answer = await post(JSON.stringify(event));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '',
    ]);
  }
}

test.each([
  ['x=1&from=1699996440&until=1700000040', `[${FIRST}, ${SECOND}, ${THIRD}]`],
  ['tags=b&from=1699996440&until=1700000040', `[${FIRST}, ${SECOND}]`],
  ['tags=a%20c&from=1699996440&until=1700000040', '[]'],
  ['tags=a%20c&set=union&from=1699996440&until=1700000040', `[${FIRST}, ${SECOND}]`],
  ['tags=a%20b&set=intersection&from=1699996440&until=1700000040', `[${FIRST}]`],
  ['jsonp=cb&tags=a&from=1699996440&until=1700000040', `cb([${FIRST}])`],
  ['from=1700000030', '[]'],
])('get_data?%s', async (query, body) => {
  await tellAll();
  const answer = await app.request(`${ORIGIN}/events/get_data?${query}`);
  expect([answer.status, await answer.text()]).toEqual([200, body]);
});

test('one event as JSON, and one that is not there', async () => {
  await tellAll();
  const headers = { accept: 'application/json' };
  const one = await app.request(`${ORIGIN}/events/1/`, { headers });
  expect(await one.text()).toBe(
    '{"id": 1, "when": "2023-11-14T22:13:00Z", "what": "deploy", "data": "d1", "tags": ["a", "b"]}',
  );
  const none = await app.request(`${ORIGIN}/events/99`, { headers });
  expect([none.status, await none.text()]).toEqual([
    404,
    '{"error": "Event matching query does not exist"}',
  ]);
});

test.each([
  [
    '{"what": "x", "tags": 5}',
    '{"error": "\\"tags\\" must be an array or space-separated string"}',
  ],
  [
    'no json',
    '{"error": "The body is no JSON; an event is {\\"what\\": \\"update\\", \\"tags\\": [\\"web\\"]}."}',
  ],
  [
    '[]',
    '{"error": "An event is an object: {\\"what\\": \\"update\\", \\"tags\\": [\\"web\\"]}."}',
  ],
  ['{"when": "soon"}', '{"error": "\\"when\\" is a time in seconds since 1970."}'],
])('%s is refused', async (body, said) => {
  const answer = await post(body);
  expect([answer.status, await answer.text()]).toEqual([400, said]);
});

test('the page shows what was told as text, never as a page of its own', async () => {
  await post(JSON.stringify({ what: '<script>alert(1)</script>', tags: ['<b>'], data: '"&' }));
  for (const path of ['/events/', '/events/1/', '/events/2/']) {
    const text = await (await app.request(`${ORIGIN}${path}`)).text();
    expect(text).not.toMatch(/<script|<b>/);
  }
  expect(await (await app.request(`${ORIGIN}/events/`)).text()).toContain('&lt;script&gt;');
  const put = await app.request(`${ORIGIN}/events/`, { method: 'PUT', body: '{}' });
  expect(put.status).toBe(405);
});

test('events() counts them in seconds', async () => {
  await tellAll();
  const render = async (target: string): Promise<string> => {
    const query = `now=1700000040&from=-3min&format=json&noNullPoints=1&target=${encodeURIComponent(target)}`;
    return (await app.request(`${ORIGIN}/render?${query}`)).text();
  };
  expect(await render('events("b")')).toBe(
    '[{"target": "events(\\"b\\")", "tags": {"name": "events(\\"b\\")"}, "datapoints": [[1, 1699999980], [1, 1700000010]]}]',
  );
  expect(await render('events("*")')).toContain('[1, 1700000020]]');
  expect(await render('events("nobody")')).toBe('[]');
});
