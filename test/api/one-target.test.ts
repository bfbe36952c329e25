// One target that fails, and one file that is damaged, leave the rest of an answer as it is.

import { expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Store } from '../../src/api/store.ts';
import type { Clock } from '../../src/core/host/clock.ts';
import { TARGET_MS_MAX } from '../../src/api/limits.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS, NOW_S } from '../tools/recorded-metrics.ts';
import { makeRecordedApp, ORIGIN, stoppedClock, unescapeHtml } from './recorded.ts';

const app = makeRecordedApp();

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly said: unknown;
}

async function ask(targets: readonly string[], format = 'json', from = app): Promise<Answer> {
  const query = new URLSearchParams({ format, from: '-3min', now: String(NOW_S) });
  for (const target of targets) query.append('target', target);
  const answer = await from.request(`${ORIGIN}/render?${query}`);
  const header = answer.headers.get('x-stacklab-said');
  return {
    status: answer.status,
    text: await answer.text(),
    said: header === null ? null : JSON.parse(header),
  };
}

test('an unknown function is told as graphite-web tells it, then where it is and what was meant', async () => {
  const { status, text } = await ask(["alias(sumSerie(a.b.*),'all')"]);
  expect(status).toBe(400);
  expect(unescapeHtml(text).split('\n')).toEqual([
    `Invalid parameters (Received request for unknown function: sumSerie); targets: "alias(sumSerie(a.b.*),'all')"`,
    'target 1, character 7: unknown function "sumSerie", did you mean "sumSeries"?',
  ]);
});

test('the innermost call that refused is shown, by its place and its text', async () => {
  const { text } = await ask(["alias(scale(a.b.c,'x'),'b')"]);
  expect(unescapeHtml(text).split('\n')[1]).toBe(
    'target 1, character 7: scale: the parameter "factor" is of type float, and "x" is not: scale(a.b.c,\'x\')',
  );
});

test('a target that fails among others leaves the others as they are, and shows why in its place', async () => {
  const alone = await ask(['a.b.c']);
  const { status, text, said } = await ask(['a.b.c', 'sumSerie(a.*)', 'a.b.d']);
  expect(status).toBe(200);
  const series = JSON.parse(text) as readonly { target: string; datapoints: unknown }[];
  const why = 'unknown function "sumSerie", did you mean "sumSeries"?';
  expect(series.map(({ target }) => target)).toEqual([
    'a.b.c',
    `target 2, character 1: ${why}`,
    'a.b.d',
  ]);
  expect(series[0]).toEqual((JSON.parse(alone.text) as unknown[])[0]);
  expect(series[1]?.datapoints).toEqual([[null, NOW_S]]);
  expect(said).toEqual([{ target: 2, character: 1, text: why }]);
});

test('where a format has no place for a reason, the header has it', async () => {
  const { status, text, said } = await ask(['nope(a)', 'a.b.c'], 'raw');
  expect(status).toBe(200);
  expect(text).toMatch(/^a\.b\.c,/);
  expect(said).toMatchObject([{ target: 1, character: 1 }]);
});

test('a share that a failed target set does not reach the next one', async () => {
  const both = await ask(['nope(setXFilesFactor(a.b.*,1))', 'sumSeries(a.*.*)'], 'raw');
  expect(both.text).toBe((await ask(['sumSeries(a.*.*)'], 'raw')).text);
});

test('what was not read behind a target is said: mostly a bracket is missing', async () => {
  const { status, text, said } = await ask(['sumSeries(a.b.c', 'a.b.c']);
  expect([status, JSON.parse(text)]).toMatchObject([200, [{ target: 'a.b.c' }]]);
  expect(said).toEqual([
    {
      target: 1,
      character: 10,
      text: '"(a.b.c" was not read, because the target ends before it: is a bracket, a quote or a comma missing?',
    },
  ]);
});

test('a metric whose file is damaged is named, and the others are there', async () => {
  const good = makeMemoryStore(METRICS);
  const damaged: Store = {
    ...good,
    read: async (request) =>
      (await good.read(request)).map((one) =>
        one?.path === 'a.b.c' ? { path: 'a.b.c', why: 'a.b.c: the header is cut off' } : one,
      ),
  };
  const { status, text, said } = await ask(
    ['a.b.*'],
    'json',
    makeApp({ store: damaged, clock: stoppedClock }),
  );
  expect([status, JSON.parse(text)]).toMatchObject([200, [{ target: 'a.b.d' }]]);
  expect(said).toEqual([{ target: 1, character: null, text: 'a.b.c: the header is cut off' }]);
});

test('a target that takes too long ends, and the next one has its own time', async () => {
  let nowMs = 0;
  const slow = makeMemoryStore(METRICS);
  const store: Store = {
    ...slow,
    find(pattern) {
      if (pattern === 'a.b.*') nowMs += TARGET_MS_MAX + 1;
      return slow.find(pattern);
    },
  };
  const clock: Clock = { ...stoppedClock, steadyMs: () => nowMs };
  const { status, text, said } = await ask(
    ['sumSeries(a.b.*)', 'a.b.c'],
    'raw',
    makeApp({ store, clock }),
  );
  expect(status).toBe(200);
  expect(text).toMatch(/^a\.b\.c,/);
  expect(said).toMatchObject([
    {
      target: 1,
      text: 'Reading a.b.* takes too long; ask for fewer of its 2 series, or a shorter time',
    },
  ]);
});
