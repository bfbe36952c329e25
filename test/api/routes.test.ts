// The stack serves API and pages on one port: no address may mean both.

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { good } from '../../src/core/base/result.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { ORIGIN } from './recorded.ts';

/** First parts of addresses that are the API's: Graphite's, also those not here yet, and our own. */
const OWNED = ['render', 'metrics', 'functions', 'tags', 'events', 'version', 'stacklab'];

const site = fileURLToPath(new URL('../../dist/site/', import.meta.url));
const app = makeApp({
  store: makeMemoryStore({}),
  clock: { now: () => 0, steadyMs: () => 0, at: () => () => undefined },
  stacklab: {
    status: () => ({
      version: '0.1.0',
      places: {},
      startedAtS: 0,
      pointsPerSecond: 0,
    }),
    where: () => good([]),
    send: () => undefined,
    progress: { read: () => null, write: () => good(null) },
    dashboards: { list: () => [], read: () => null },
    isNear: () => true,
  },
});

/** "/lessons/closures/makes/" for a page, "/assets/page.js" for any other file of the site. */
let addresses: readonly string[];

beforeAll(() => {
  if (!existsSync(site)) throw new Error('dist/site is missing: run "npm run build".');
  addresses = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(site, join(parentPath, name)).split(sep).join('/'))
    .map((path) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`);
});

/** The routes without the middleware, which looks at every request. */
function routes(): readonly string[] {
  return app.routes.map(({ path }) => path).filter((path) => path !== '/*');
}

function firstPart(address: string): string {
  return address.split('/')[1] ?? '';
}

describe('addresses', () => {
  it('of the API begin with a part that is its own', () => {
    expect(routes()).toContain('/stacklab/status');
    expect(routes().filter((path) => !OWNED.includes(firstPart(path)))).toEqual([]);
  });

  it('of the site begin with another', () => {
    expect(addresses).toContain('/');
    expect(addresses).toContain('/dashboards/host/');
    expect(addresses.filter((address) => OWNED.includes(firstPart(address)))).toEqual([]);
  });

  it('of pages get no answer from the API', async () => {
    const pages = addresses.filter((address) => address.endsWith('/'));
    for (const page of pages) expect((await app.request(ORIGIN + page)).status, page).toBe(404);
  });
});
