// Tags all the way: from a packet of StatsD or a line of Carbon to a series that is found by them.

import { expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeStackStore } from '../../src/api/stack-store.ts';
import { makePageWorld, PAGE_DEFAULTS } from '../../src/lab/page-world.ts';
import { ORIGIN } from '../api/recorded.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a counter and a line with tags are found by their tags a few seconds later', async () => {
  const page = makePageWorld(PAGE_DEFAULTS);
  const { clock, net } = page.world;
  clock.run(PAGE_DEFAULTS.startMs + 25_000);
  net.send({ host: '127.0.0.1', port: 8125 }, bytes('visits:3|c|#site:home,page:start'));
  const nowS = Math.floor(clock.now() / 1000);
  net.send({ host: '127.0.0.1', port: 2003 }, bytes(`disk.used;host=b;dc=x 5 ${nowS}\n`));
  clock.run(clock.now() + 15_000);

  const store = makeStackStore(page.stack);
  const app = makeApp({ store, clock, tags: page.tags });
  const get = async (path: string): Promise<unknown> =>
    (await app.request(`${ORIGIN}${path}`)).json();
  expect(await get('/tags/findSeries?expr=dc=x')).toEqual(['disk.used;dc=x;host=b']);
  expect(await get('/tags/autoComplete/values?tag=site')).toEqual(['home']);
  const series = (await get(
    `/render?format=json&from=-1min&target=${encodeURIComponent('aliasByTags(seriesByTag("site=home","name=~.*count$"),"name","page")')}`,
  )) as readonly { target: string; datapoints: readonly [number | null, number][] }[];
  expect(series.map(({ target }) => target)).toEqual(['stats.counters.visits.count.start']);
  expect(series[0]?.datapoints.map(([value]) => value)).toContain(3);
});
