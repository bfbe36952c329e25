import { describe, expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import {
  BODY_BYTES_MAX,
  POINTS_MAX,
  SERIES_PER_PATTERN_MAX,
  TARGETS_MAX,
} from '../../src/api/limits.ts';
import type { Store } from '../../src/api/store.ts';
import { RENDER_ROUNDS_MAX } from '../../src/core/graphite/evaluate.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS } from '../tools/recorded-metrics.ts';
import { ORIGIN, makeRecordedApp, stoppedClock, unescapeHtml } from './recorded.ts';

async function render(
  query: string,
  app = makeRecordedApp(),
): Promise<readonly [status: number, text: string]> {
  const answer = await app.request(`${ORIGIN}/render`, {
    method: 'POST',
    body: `format=json&from=-1h&${query}`,
  });
  return [answer.status, unescapeHtml(await answer.text())];
}

describe('a request over a limit is answered with a sentence that names it', () => {
  test('targets', async () => {
    expect((await render('target=a.b.c&'.repeat(TARGETS_MAX)))[0]).toBe(200);
    expect(await render('target=a&'.repeat(TARGETS_MAX + 1))).toEqual([
      400,
      `Invalid parameters (The request has ${TARGETS_MAX + 1} targets; ${TARGETS_MAX} are allowed)`,
    ]);
  });

  test('bytes of the body', async () => {
    const [status, text] = await render(`target=${'a'.repeat(BODY_BYTES_MAX)}`);
    expect(status).toBe(400);
    expect(text).toContain(`The body is longer than ${BODY_BYTES_MAX} bytes.`);
  });

  test('series of a pattern', async () => {
    const many: Store = {
      ...makeMemoryStore({}),
      find: () =>
        Promise.resolve(
          Array.from({ length: SERIES_PER_PATTERN_MAX + 1 }, (_, index) => ({
            path: `a.${index}`,
            isLeaf: true,
            name: String(index),
          })),
        ),
    };
    const [status, text] = await render(
      'target=a.*',
      makeApp({ store: many, clock: stoppedClock }),
    );
    expect(status).toBe(400);
    expect(text).toContain(`matches ${SERIES_PER_PATTERN_MAX + 1} series`);
  });

  test('points of a request', async () => {
    const values = new Float64Array(POINTS_MAX + 1);
    const wide: Store = {
      ...makeMemoryStore(METRICS),
      read: ({ paths }) =>
        Promise.resolve(
          paths.map((path) => ({ path, start: 0, end: values.length, step: 1, values })),
        ),
    };
    const [status, text] = await render(
      'target=a.b.c',
      makeApp({ store: wide, clock: stoppedClock }),
    );
    expect(status).toBe(400);
    expect(text).toContain(`more than ${POINTS_MAX} points`);
  });

  test('rounds of fetching', async () => {
    const nested = (depth: number): string =>
      `target=${'movingAverage('.repeat(depth)}a.b.c${',3)'.repeat(depth)}`;
    expect((await render(nested(3)))[0]).toBe(200);
    const [status, text] = await render(nested(12));
    expect(status).toBe(400);
    expect(text).toContain(`needs data more than ${RENDER_ROUNDS_MAX} times`);
  });

  test('points of a bucketed series', async () => {
    const [status, text] = await render(`target=${encodeURIComponent('summarize(a.b.c,"0s")')}`);
    expect(status).toBe(400);
    expect(text).toContain('An interval must be at least a second');
  });
});

test('jsonp takes the name of a function and no other code', async () => {
  const [status, text] = await render('target=a.b.c&jsonp=alert(1)//');
  expect(status).toBe(400);
  expect(text).toContain('jsonp must be the name of a function');
});
