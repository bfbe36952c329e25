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
