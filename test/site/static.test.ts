// The static build alone: a bare file server, below a path, without any header of ours and without a stack.

import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFiles, type FileServer } from '../tools/file-server.ts';
import { doLabInPage, exploreCounters, stopEndlessLoop } from './lesson-steps.ts';
import { launchBrowser, openPage } from './reader.ts';

const site = fileURLToPath(new URL('../../dist/site', import.meta.url));

let server: FileServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([serveFiles(site, '/courses/stacklab/'), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.end();
});

describe('the site on a bare file server, below a path', () => {
  it.each([
    ['the lesson', 'lessons/closures/two-counters/', exploreCounters],
    ['an endless loop', 'lessons/closures/remembers/', stopEndlessLoop],
    ['the lab', 'labs/first-heartbeat/', doLabInPage],
  ])('does %s with no other origin and no broken policy', async (_, path, act) => {
    const { page, wrongs } = await openPage(browser, server.url, path);
    await act(page);
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('draws the dashboard over a simulated machine, and says so', async () => {
    const { page, wrongs } = await openPage(browser, server.url, 'dashboards/host/');
    const memory = page.getByRole('region', { name: 'Memory' });
    await memory.getByRole('button', { name: 'used' }).waitFor({ timeout: 20_000 });
    expect(await page.locator('#dashboard-place').innerText()).toContain('A simulated machine');
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('reads well without JavaScript: the program, its output, the picture in words', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}lessons/closures/two-counters/`);
    const text = await page.locator('main').innerText();
    expect(text).toContain('nonlocal count');
    expect(text).toMatch(/What the programs print[\s\S]*2 11/);
    expect(await page.getByRole('button', { name: 'Run' }).count()).toBe(0);
    await context.close();
  });
});
