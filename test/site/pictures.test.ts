// Each picture of the lesson for authors, driven with the mouse, with keys alone, and on a phone.

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  launchBrowser,
  openPage,
  seriousFindings,
  startStack,
  type OpenOptions,
  type RunningStack,
} from './reader.ts';
import { tier } from '../tools/tier.ts';

const PYTHON_MS_MAX = 90_000;
type Screen = readonly [name: string, options: OpenOptions];
const DESK: Screen = ['1280 wide', { width: 1280 }];
const PHONE: Screen = ['390 wide, by touch', { width: 390, isTouch: true }];
/** `npm test` does each picture on one screen. */
const SCREENS = tier() === 'fast' ? [PHONE] : [DESK, PHONE];

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await stack.end();
});

function viewOf(page: Page, cell: string): Locator {
  return page.locator('.trace-view', { has: page.locator(`[data-cell="${cell}"]`) });
}

async function run(page: Page, cell: string): Promise<void> {
  const view = viewOf(page, cell);
  await view.getByRole('button', { name: /^Run/ }).click();
  await page
    .locator(`[data-cell="${cell}"][data-state="done"]`)
    .waitFor({ timeout: PYTHON_MS_MAX });
}

describe('the call tree', () => {
  it.each(SCREENS)('shows calls one by one, and what the table saved, %s', async (_, options) => {
    const { page, wrongs } = await openPage(
      browser,
      stack.url,
      'lessons/every-kind/call-tree/',
      options,
    );
    await run(page, 'fib-remember');
    const view = viewOf(page, 'fib-remember');
    expect(await view.locator('.tree-call').count()).toBe(0);
    await view.getByRole('button', { name: 'Next call' }).click();
    expect(await view.locator('.tree-call').count()).toBe(1);
    await view.getByRole('button', { name: 'Last step' }).click();
    expect(await view.locator('.tree-call').count()).toBe(11);
    expect(await view.locator('.tree-call.is-hit').count()).toBe(4);
    expect(await view.locator('.tree-saved').count()).toBe(14);
    expect(await view.locator('.memo-counts').innerText()).toMatch(/4\s+hits\s+7\s+misses\s+14/);
    await view.getByRole('button', { name: 'Read as text' }).click();
    expect(await view.locator('.picture-text li').last().innerText()).toMatch(
      /^Call 11, made by call 1: fib\(4\) is answered from the table, 3/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('takes the table away and puts it back, and counts the calls of both', async () => {
    const { page, wrongs } = await openPage(browser, stack.url, 'lessons/every-kind/call-tree/');
    await run(page, 'fib-remember');
    const view = viewOf(page, 'fib-remember');
    await view.getByRole('button', { name: 'Without table: 25 calls' }).click();
    await expect.poll(() => view.locator('.tree-call').count()).toBe(25);
    expect(await view.locator('.tree-call.is-repeated').count()).toBe(18);
    expect(await view.locator('.code-lines').innerText()).not.toContain('@remember');
    await view.getByRole('button', { name: 'With table: 11 calls' }).click();
    await expect.poll(() => view.locator('.tree-call').count()).toBe(11);
    expect(await view.locator('.code-lines').innerText()).toContain('@remember');
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('is driven with keys alone', async () => {
    const { page, wrongs } = await openPage(browser, stack.url, 'lessons/every-kind/call-tree/');
    const view = viewOf(page, 'fib-plain');
    await view.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Enter');
    await page
      .locator('[data-cell="fib-plain"][data-state="done"]')
      .waitFor({ timeout: PYTHON_MS_MAX });
    await view.getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    expect(await view.locator('.tree-call').count()).toBe(1);
    await page.keyboard.press('End');
    expect(await view.getByRole('slider').getAttribute('aria-valuetext')).toMatch(
      /25 calls of fib/,
    );
    await page.keyboard.press('Home');
    expect(await view.locator('.tree-call').count()).toBe(0);
    // From the slider one goes on to nothing that holds the keyboard.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.stepper'))).toBeNull();
    expect(wrongs).toEqual([]);
    await page.context().close();
  });
});
