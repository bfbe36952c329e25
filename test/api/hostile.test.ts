// Whatever comes over the web gets an answer: quickly, in words, and never as a page that runs what was sent.

import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import { timesInTier } from '../tools/tier.ts';
import { makeApp } from '../../src/api/app.ts';
import type { Store } from '../../src/api/store.ts';
import { openTagLog, TAGS_FILE } from '../../src/core/tags/tag-log.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS, NOW_S } from '../tools/recorded-metrics.ts';
import { ORIGIN, stoppedClock } from './recorded.ts';

const SEED = 20261130;
const REQUESTS = timesInTier(20_000, 10);
/** One answer; a test of time only to find what never ends. */
const ANSWER_MS_MAX = 1000;
/** The whole test, at some milliseconds a request. */
const MS_MAX = 60_000 + REQUESTS * 20;

const NAMES = Object.keys(RENDER_FUNCTIONS);
const SCRIPT = '<script>alert(1)</script>';
const PATHS = [
  'a.b.c',
  'a.*.*',
  '**',
  'a.{b,x}.c',
  '*.*',
  'no.such',
  `a.${SCRIPT}`,
  '',
  '.',
  'a..b',
  '\u0000',
  'é.x',
  '[',
  'a.[b',
  '{'.repeat(50),
  '*'.repeat(200),
];
const WORDS = [
  '1h',
  '-1h',
  '1s',
  '0s',
  '99999999999y',
  'average',
  'sum',
  'nope',
  SCRIPT,
  '(a+)+$',
  '[',
  '\\1',
  '',
  '%s',
  '__proto__',
  'constructor',
  '"',
  "'",
];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '3',
  '1e308',
  '-1e308',
  '1e-300',
  '99999999999999999999',
  '0.5',
  'inf',
  'nan',
  '100',
];
const TIMES = [
  'now',
  '-1h',
  '-1d',
  '0',
  '1700000040',
  '-99999999999y',
  'noon',
  '25:61',
  SCRIPT,
  '',
  '1e9',
  '-1',
  '99999999999999',
];
const FORMATS = ['json', 'csv', 'raw', 'dygraph', 'rickshaw', 'explain', 'png', 'svg', SCRIPT, ''];
const OTHERS = [
  'maxDataPoints',
  'tz',
  'jsonp',
  'xFilesFactor',
  'noNullPoints',
  'cacheTimeout',
  'template[x]',
  'pretty',
  'now',
  'query',
  'wildcards',
  'position',
  'leavesOnly',
  '__proto__',
  'target[]',
  'width',
  'height',
  'title',
  'colorList',
  'bgcolor',
  'fontSize',
  'areaMode',
  'lineMode',
  'logBase',
  'yMin',
  'yMax',
  'yStep',
  'xFormat',
  'yUnitSystem',
  'graphType',
  'expr',
  'tag',
  'tagPrefix',
  'filter',
  'limit',
  'time',
  'margin',
];
const TAG_ROUTES = [
  '/tags',
  '/tags/findSeries',
  '/tags/autoComplete/tags',
  '/tags/autoComplete/values',
  '/stacklab/why',
];
const ROUTES = [
  ...TAG_ROUTES,
  '/render',
  '/metrics/find',
  '/metrics/expand',
  '/functions',
  '/metrics/index.json',
  '/version',
  `/functions/${encodeURIComponent(SCRIPT)}`,
];

/** As files of a day: a request for a thousand years gets what is kept. */
const memory = makeMemoryStore(METRICS);
const kept: Store = {
  ...memory,
  read: (asked) => memory.read({ ...asked, fromS: Math.max(asked.fromS, NOW_S - 86_400) }),
};

function oneOf(random: Random, texts: readonly string[]): string {
  return texts[random.below(texts.length)] ?? '';
}

function target(random: Random, depth = 0): string {
  if (depth > 5 || random.chance(0.3)) return oneOf(random, PATHS);
  if (random.chance(0.02)) return 'sumSeries('.repeat(random.below(300));
  const name = random.chance(0.95) ? oneOf(random, NAMES) : oneOf(random, WORDS);
  const args = Array.from({ length: random.below(5) }, (_, i) => argument(random, depth, i));
  const end = random.chance(0.97) ? ')' : '';
  const pipe = random.chance(0.1) ? `|${oneOf(random, NAMES)}(${oneOf(random, NUMBERS)})` : '';
  return `${name}(${args.join(',')}${end}${pipe}`;
}

function argument(random: Random, depth: number, place: number): string {
  if (place === 0 && random.chance(0.8)) return target(random, depth + 1);
  if (random.chance(0.4)) return `"${oneOf(random, WORDS)}"`;
  if (random.chance(0.6)) return oneOf(random, NUMBERS);
  return random.chance(0.2)
    ? `${oneOf(random, WORDS)}=${oneOf(random, NUMBERS)}`
    : target(random, depth + 1);
}

function request(random: Random): string {
  const query = new URLSearchParams();
  for (let i = 0; i <= random.below(3); i++) query.append('target', target(random));
  query.set('format', random.chance(0.6) ? 'json' : oneOf(random, FORMATS));
  for (const name of ['from', 'until'])
    if (random.chance(0.7)) query.set(name, oneOf(random, TIMES));
  if (random.chance(0.5)) query.set('now', '1700000040');
  for (let i = 0; i < random.below(4); i++)
    query.append(
      oneOf(random, OTHERS),
      oneOf(random, random.chance(0.5) ? WORDS : [...NUMBERS, ...TIMES, ...PATHS]),
    );
  const route = random.chance(0.7) ? '/render' : oneOf(random, ROUTES);
  return `${ORIGIN}${route}?${query.toString()}`;
}

test(
  `${REQUESTS} hostile requests are answered in words within a second each (seed ${SEED})`,
  { timeout: MS_MAX },
  async () => {
    const tags = openTagLog(makeMemoryFiles(), TAGS_FILE, { say: () => undefined });
    for (const path of ['disk;host=a', 'disk;host=b;dc=x']) tags.add(path);
    const app = makeApp({ store: kept, clock: stoppedClock, tags });
    const random = makeRandom(SEED);
    const statuses = new Map<number, number>();
    for (let i = 0; i < REQUESTS; i++) {
      const url = request(random);
      const startMs = performance.now();
      const answer = await app.request(url);
      const body = await answer.text();
      const tookMs = performance.now() - startMs;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect([url, tookMs < ANSWER_MS_MAX]).toEqual([url, true]);
      // 501 is a format that is not offered, with a sentence.
      expect([url, answer.status < 500 || answer.status === 501, body.slice(0, 300)]).toEqual([
        url,
        true,
        body.slice(0, 300),
      ]);
      const isPage = /html|svg/.test(answer.headers.get('content-type') ?? '');
      expect([url, isPage && body.includes('<script')]).toEqual([url, false]);
    }
    // They are not all refused at the door.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(REQUESTS / 10);
  },
);
