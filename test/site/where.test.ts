// The page that says where the points of a metric are, in Chromium, over a running stack.

import { expect, it } from 'vitest';
import { SCREENS, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();
const STORED_MS_MAX = 30_000;

it.each(SCREENS)('leads from a name to the bytes of its newest slot, %s', async (_, options) => {
  const { page, wrongs } = await open('where/', options);
  await page.getByLabel('Name of the metric').fill('nobody.sends.this');
  await page.keyboard.press('Enter');
  const says = page.locator('#steps-say');
  await expect.poll(() => says.innerText()).toBe('Nothing of it came.');

  // The collector of the stack sends this one.
  const query = 'collectd.*.load.load.shortterm';
  const names = (): Promise<readonly string[]> =>
    page.evaluate(async (text) => {
      const answer = await fetch(`/metrics/expand?query=${text}`);
      return ((await answer.json()) as { results: readonly string[] }).results;
    }, query);
  await expect.poll(names, { timeout: STORED_MS_MAX }).toHaveLength(1);
  const [name = ''] = await names();
  await page.getByLabel('Name of the metric').fill(name);
  await page.getByRole('button', { name: 'Look' }).click();
  await expect.poll(() => says.innerText(), { timeout: STORED_MS_MAX }).toBe('It is stored.');
  const slot = page.locator('.way li', { hasText: 'slot' }).first();
  expect(await slot.innerText()).toMatch(
    /The newest is \d+, \d+ s before that of now: [\d.]+\.\n.*\.wsp, bytes \d+-\d+/,
  );
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
  expect(await seriousFindings(page)).toEqual([]);
  expect(wrongs).toEqual([]);
  await page.close();
});

it.each(SCREENS)('leads from a typo to the line that could not be read, %s', async (_, options) => {
  const { page, wrongs } = await open('where/', options);
  const says = page.locator('#steps-say');
  const ask = async (metric: string): Promise<void> => {
    await page.getByLabel('Name of the metric').fill(metric);
    await page.keyboard.press('Enter');
  };
  const send = (line: string): Promise<number> =>
    page.evaluate(
      async (body) => (await fetch('/stacklab/send?to=carbon', { method: 'POST', body })).status,
      line,
    );
  const name = `typo.w${options.width ?? 0}`;
  expect(await send(`${name} 0,5 1700000000\n`)).toBe(204);

  await ask(name);
  await expect.poll(() => says.innerText()).toBe('It came, and nothing of it could be taken.');
  expect(await page.locator('.way li', { hasText: 'lost' }).innerText()).toMatch(
    /1 line that could not be read: a value that is not a number; the last \d+ s ago: "typo\.w\d+ 0,5 1700000000", from 127\.0\.0\.1:\d+\./,
  );
  expect(await page.locator('.send').innerText()).toContain(`echo "${name} 0.5 $(date +%s)" | nc`);

  await ask('typo.other');
  await expect
    .poll(() => says.innerText())
    .toBe('Nothing of it came, but something that could not be read.');
  await page.getByRole('link', { name: 'What is lost of all metrics' }).click();
  await expect.poll(() => says.innerText()).toContain('Some of what came is not stored.');
  const unread = page.locator('section', { hasText: 'Who sent what could not be read' });
  expect(await unread.locator('li').first().innerText()).toContain('From 127.0.0.1 came');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
  expect(await seriousFindings(page)).toEqual([]);
  expect(wrongs).toEqual([]);
  await page.close();
});
