// The reference of Graphite's functions, in Chromium: found by typing, read, and tried.

import { expect, it } from 'vitest';
import { SCREENS, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();

it.each(SCREENS)('leads from a word to a function, %s', async (_, options) => {
  const { page, wrongs } = await open('reference/functions/', options);
  const found = page.locator('#found');
  await expect.poll(() => found.innerText()).toBe('145 functions');
  await page.getByLabel('Find a function').fill('movingav');
  await expect.poll(() => found.innerText()).toBe('2 functions');
  // Groups without an entry are away too.
  expect(await page.getByRole('heading', { name: 'Alias', exact: true }).isVisible()).toBe(false);
  await page.getByLabel('Find a function').fill('nonsense');
  await expect.poll(() => found.innerText()).toContain('No function holds "nonsense"');
  await page.getByLabel('Find a function').fill('movingAverage');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'movingAverage', exact: true }).click();
  await expect.poll(() => page.title()).toBe('movingAverage - Stacklab');
  expect(wrongs).toEqual([]);
  await page.close();
});

it.each(SCREENS)('another target is run in the page by the keyboard, %s', async (_, options) => {
  const { page, wrongs } = await open('reference/functions/movingAverage/', options);
  const said = page.locator('#said');
  const after = page.locator('#after svg');
  const before = await after.innerHTML();
  const field = page.getByLabel('A target to try');
  await field.fill('movingMax(clinic.*.wait,5)');
  await page.keyboard.press('Enter');
  await expect.poll(() => said.innerText()).toBe('The picture and the table show this target now.');
  expect(await after.innerHTML()).not.toBe(before);
  expect(await page.locator('#result tbody tr').count()).toBe(2);
  expect(await page.locator('#result').innerText()).toContain('movingMax(clinic.web2.wait,5)');

  await field.fill('movingMaks(clinic.*.wait,5)');
  await page.keyboard.press('Enter');
  await expect.poll(() => said.innerText()).toContain('did you mean "movingMax"?');
  // What was there stays.
  expect(await page.locator('#result tbody tr').count()).toBe(2);
  await field.fill('alias(clinic.web1.wait,"<img src=x onerror=alert(1)>")');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#result').innerText()).toContain('<img src=x');
  expect(await page.locator('#after img').count()).toBe(0);

  await page.getByRole('button', { name: 'Back to the example' }).click();
  await expect.poll(() => after.innerHTML()).toBe(before);
  expect(await field.inputValue()).toBe('movingAverage(clinic.web1.wait,"10min")');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
  expect(await seriousFindings(page)).toEqual([]);
  expect(wrongs).toEqual([]);
  await page.close();
});
