// The requests that a Grafana with a Graphite data source sends, one test a shape.

import { expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { openTagLog, TAGS_FILE } from '../../src/core/tags/tag-log.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS, NOW_S } from '../tools/recorded-metrics.ts';
import { ORIGIN, makeRecordedApp, stoppedClock } from './recorded.ts';

const app = makeRecordedApp();

interface GrafanaSeries {
  readonly target: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly datapoints: readonly (readonly [value: number | null, time: number])[];
}

async function post(path: string, body: string): Promise<unknown> {
  const answer = await app.request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'X-Dashboard-Id': '7',
      'X-Panel-Id': '2',
    },
    body,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  return answer.json();
}

async function get(path: string): Promise<unknown> {
  const answer = await app.request(`${ORIGIN}${path}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

function wrapped(target: string, refId: string): string {
  return `target=${encodeURIComponent(`aliasSub(${target}, "(^.*$)", "\\1 ${refId}")`)}`;
}

test('1: a panel posts wrapped targets, and finds its letter behind the last blank', async () => {
  const series = (await post(
    '/render',
    `${wrapped("movingAverage(a.b.*, '3min')", 'A')}&${wrapped('alias(a.x.c,"two words") ', 'B')}&from=${NOW_S - 540}&until=${NOW_S}&format=json&maxDataPoints=3`,
  )) as readonly GrafanaSeries[];
  expect(series.map((one) => one.target)).toEqual([
    'movingAverage(a.b.c,"3min") A',
    'movingAverage(a.b.d,"3min") A',
    'two words B',
  ]);
  expect(series.map((one) => one.tags['name'])).toEqual(['a.b.c', 'a.b.d', 'a.x.c']);
  for (const one of series) expect(one.datapoints.length).toBeLessThanOrEqual(3);
});

test('2: an alert rule posts one target with epoch times', async () => {
  const series = (await post(
    '/render',
    `target=sumSeries(a.b.*)&from=${NOW_S - 60}&until=${NOW_S}&format=json&maxDataPoints=100`,
  )) as readonly GrafanaSeries[];
  expect(series[0]?.datapoints).toEqual([[110, NOW_S]]);
});

test('3: "Save & test" asks for a constant line', async () => {
  const series = (await post(
    '/render',
    `${wrapped('constantLine(100)', 'A')}&from=-1h&until=now&format=json&maxDataPoints=300`,
  )) as readonly GrafanaSeries[];
  expect(series[0]?.target).toBe('100.0 A');
  expect(series[0]?.datapoints.map(([value]) => value)).toEqual([100, 100, 100]);
});

test('4: a variable posts its query without encoding it', async () => {
  expect(await post(`/metrics/find?from=${NOW_S - 60}&until=${NOW_S}`, 'query=a.{b,x}.*')).toEqual([
    { text: 'c', id: 'a.{b,x}.c', allowChildren: 0, expandable: 0, leaf: 1 },
    { text: 'd', id: 'a.{b,x}.d', allowChildren: 0, expandable: 0, leaf: 1 },
    { text: 'e', id: 'a.{b,x}.e', allowChildren: 0, expandable: 0, leaf: 1 },
  ]);
});

test('5: a variable expands a query', async () => {
  expect(await get('/metrics/expand?query=a.*&from=-1h&until=now')).toEqual({
    results: ['a.b', 'a.x'],
  });
});

test('6: the editor reads the functions', async () => {
  const text = await (await app.request(`${ORIGIN}/functions`)).text();
  const list = JSON.parse(text.replaceAll('"default": Infinity', '"default": 1e9999')) as Record<
    string,
    { group: string; params: readonly { name: string; type: string }[] }
  >;
  expect(list['movingAverage']?.params[1]).toMatchObject({
    name: 'windowSize',
    type: 'intOrInterval',
  });
});

test('7: the version is three numbers', async () => {
  expect(await (await app.request(`${ORIGIN}/version`)).text()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('8: an annotation asks for few points, and an older version asks with GET', async () => {
  const series = (await get(
    `/render?target=drawAsInfinite(a.b.c)&from=${NOW_S - 540}&until=${NOW_S}&format=json&maxDataPoints=100`,
  )) as readonly GrafanaSeries[];
  expect(series.length).toBe(1);
  expect(await get('/metrics/find?query=z.last.*')).toEqual([
    { text: 'v', id: 'z.last.v', allowChildren: 0, expandable: 0, leaf: 1 },
  ]);
});

test('9: a variable of values asks /render for the last point', async () => {
  const series = (await post(
    '/render',
    'target=a.b.*&from=-6h&until=now&format=json&maxDataPoints=1&now=1700000040',
  )) as readonly GrafanaSeries[];
  expect(series.map((one) => one.datapoints.length)).toEqual([1, 1]);
});

test('10: an error is a sentence with status 400, not a page', async () => {
  const answer = await app.request(`${ORIGIN}/render`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `${wrapped('nope(a.b.c)', 'A')}&from=-1h&until=now&format=json`,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(
    /^Invalid parameters \(Received request for unknown function: nope\)/,
  );
});

test('11: the tag editor completes tags and values, with expressions, a prefix and a large limit', async () => {
  const tags = openTagLog(makeMemoryFiles(), TAGS_FILE, { say: () => undefined });
  for (const path of ['disk;dc=x;host=a', 'disk;dc=x;host=b', 'load;host=a']) tags.add(path);
  const tagged = makeApp({ store: makeMemoryStore(METRICS), clock: stoppedClock, tags });
  const ask = async (path: string): Promise<unknown> =>
    (await tagged.request(`${ORIGIN}${path}&from=${NOW_S - 60}&until=${NOW_S}`)).json();
  const expr = encodeURIComponent('name=disk');
  expect(await ask(`/tags/autoComplete/tags?expr=${expr}&limit=10000`)).toEqual(['dc', 'host']);
  expect(await ask('/tags/autoComplete/tags?tagPrefix=h&limit=10000')).toEqual(['host']);
  const values = '/tags/autoComplete/values?limit=10000&tag=host';
  expect(await ask(`${values}&expr=${expr}&valuePrefix=b`)).toEqual(['b']);
  expect(await ask(values)).toEqual(['a', 'b']);
  // Older versions read the whole list of a tag.
  expect(await ask('/tags/host?')).toMatchObject({
    tag: 'host',
    values: [
      { value: 'a', count: 2 },
      { value: 'b', count: 1 },
    ],
  });
});
