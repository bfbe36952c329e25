// Apache and nginx as they are, read by the real collectd and by ours in the same seconds.

import { expect, it } from 'vitest';
import { collectBoth, dataIn } from './collectd-pair.ts';
import { apache, collectd, curlOfCollectd, describeBeside, folderForEach, nginx } from './peer.ts';
import { fileIn } from './stored.ts';
import { startApache, startNginx, type WebServer } from './web-servers.ts';
import type { Points } from '../tools/stored-file.ts';

/** Requests of somebody else, while both read. */
const REQUESTS = 40;
/** Each of the two asks for the page once in an interval, and both are inside while they do. */
const OWN_REQUESTS = 2;

const folder = folderForEach();

describeBeside([collectd, curlOfCollectd, apache], "beside collectd's reading of Apache", () => {
  it.each([
    [true, 'apache_requests'],
    [false, 'apache_scoreboard-waiting'],
  ])('has the same names and values, with ExtendedStatus %s', async (isExtended, one) => {
    const server = await startApache(folder(), isExtended);
    const blocks = `<Plugin apache>
  <Instance "web">
    URL "${server.url}"
  </Instance>
</Plugin>
`;
    const names = await readBoth('apache', blocks, server);
    expect(names).toContain(`apache-web/${one}`);
    expect(names.includes('apache-web/apache_requests')).toBe(isExtended);
  });
});

describeBeside([collectd, curlOfCollectd, nginx], "beside collectd's reading of nginx", () => {
  it('has the same names and values', async () => {
    const server = await startNginx(folder());
    const blocks = `<Plugin nginx>\n  URL "${server.url}"\n</Plugin>\n`;
    const names = await readBoth('nginx', blocks, server);
    expect(names).toContain('nginx/connections-accepted');
    expect(last('our-host', 'nginx/nginx_requests')).toBeGreaterThan(REQUESTS);
  });
});

/** The names that both made, once it is sure that they are the same, and the values nearly. */
async function readBoth(
  plugin: string,
  blocks: string,
  server: WebServer,
): Promise<readonly string[]> {
  const { theirs, ours } = await collectBoth(folder(), {
    plugins: ['load', plugin],
    blocks,
    node: 'StoreRates false',
    meanwhile: () => void Promise.all(Array.from({ length: REQUESTS }, () => ask(server.url))),
  });
  await server.stop();
  expect(ours).toEqual(theirs);
  const names = ours
    .map((path) => path.replace('HOST/', '').replace('.wsp', ''))
    .filter((name) => !name.startsWith('load/'));
  for (const name of names) {
    const [their, our] = [points('real-host', name), points('our-host', name)];
    const apart = [...our].flatMap(([time, value]) => {
      const other = their.get(time);
      return other === undefined ? [] : [Math.abs(value - other)];
    });
    expect([name, apart.length]).not.toEqual([name, 0]);
    const least = Math.max(largestStep(their), largestStep(our)) + OWN_REQUESTS;
    expect([name, Math.max(...apart) <= least]).toEqual([name, true]);
  }
  return names;
}

async function ask(url: string): Promise<void> {
  const answer = await fetch(url);
  await answer.text();
}

/** How much it changed in one interval at most. */
function largestStep(points: Points): number {
  const values = [...points.values()];
  return values
    .slice(1)
    .reduce((most, value, at) => Math.max(most, Math.abs(value - (values[at] ?? 0))), 0);
}

function points(host: string, name: string): Points {
  return fileIn(dataIn(folder()), `${host}/${name}.wsp`)?.archives[0] ?? new Map();
}

function last(host: string, name: string): number {
  return [...points(host, name).values()].at(-1) ?? NaN;
}
