// The environment diagram with its table of names, driven with the mouse, with keys alone, and on a phone.

import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { PYTHON_MS_MAX, SCREENS, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const PAGE = 'lessons/every-kind/names-and-links/';

const open = usePages();

async function isDone(page: Page): Promise<void> {
  await page
    .locator('[data-cell="ward-log"][data-state="done"]')
    .waitFor({ timeout: PYTHON_MS_MAX });
}

/** Steps until line 5 runs, and then the rows of the table. */
async function rowsOfLine5(page: Page, next: () => Promise<void>): Promise<string[]> {
  const words = page.locator('.step-words');
  for (let at = 0; at < 20 && !(await words.innerText()).includes('Line 5 runs'); at++)
    await next();
  const rows = await page.locator('.name-table tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' '));
}

const ROWS = [
  'len B built-in neither add nor a function around it binds it; Global does not have it; it is built in.',
  'entries E enclosing add does not bind it, make_log (f1) around it does; its cell holds [] now.',
  'limit G Global neither add nor a function around it binds it, Global does; 3 now.',
];

async function press(page: Page, view: Locator, isTouch = false): Promise<void> {
  const button = view.getByRole('button', { name: 'Step', exact: true });
  await (isTouch ? button.tap() : button.click());
}

it.each(SCREENS)(
  'says where each name is found, and draws links and one list, %s',
  async (_, options) => {
    const { page, wrongs } = await open(PAGE, options);
    const view = page.locator('.trace-view');
    await view.getByRole('button', { name: /^Run/ }).click();
    await isDone(page);
    expect(await rowsOfLine5(page, () => press(page, view, options.isTouch))).toEqual(ROWS);
    expect(await page.locator('.name-table h3').innerText()).toBe('Names in line 5');
    // Two frames called: each has its line to the caller; the list of two names is one box.
    expect(await view.locator('.env-line.is-caller').count()).toBe(2);
    expect(await view.locator('.env-object').count()).toBe(1);
    await press(page, view, options.isTouch);
    await press(page, view, options.isTouch);
    expect(await view.locator('.env-object').textContent()).toContain('changed');
    await view.getByRole('button', { name: 'Read as text' }).click();
    const text = await view.locator('.picture-text').innerText();
    expect(text).toContain('f3 add runs, line 7, parent f1, called by line 14 of f2 report');
    expect(text).toContain(
      "Shared object: list ['calm'], bound to night in Global, entries in f1 make_log; it changed in this step.",
    );
    expect(text).toContain('Name in line 7: entries is E, enclosing:');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  },
);

it('is driven with keys alone, and its question takes the letter', async () => {
  const { page, wrongs } = await open(PAGE);
  const view = page.locator('.trace-view');
  await view.getByRole('button', { name: /^Run/ }).focus();
  await page.keyboard.press('Enter');
  await isDone(page);
  await view.getByRole('slider').focus();
  expect(await rowsOfLine5(page, () => page.keyboard.press('ArrowRight'))).toEqual(ROWS);
  // The table is reached with Tab, since a long one scrolls.
  await view.getByRole('button', { name: 'Read as text' }).focus();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('name-rows');
  const question = page.locator('[data-explore="letter-of-entries"]');
  await question.getByRole('textbox').focus();
  await page.keyboard.type('L');
  await page.keyboard.press('Enter');
  await expect.poll(() => question.getByRole('status').innerText()).toContain('Line 5 stands in');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('E');
  await page.keyboard.press('Enter');
  await expect.poll(() => question.getByRole('status').innerText()).toBe('E, as in the picture.');
  expect(wrongs).toEqual([]);
  await page.close();
});
