// What tests of single pages share: one stack, one browser, and a context for each width, so that the second page
// finds the Python that the first one kept.

import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { tier } from '../tools/tier.ts';
import {
  launchBrowser,
  newContext,
  openFresh,
  startStack,
  type OpenOptions,
  type OpenPage,
  type RunningStack,
} from './reader.ts';

/** The first run waits for 13 MB of Python. */
export const PYTHON_MS_MAX = 90_000;

type Screen = readonly [name: string, options: OpenOptions];
const DESK: Screen = ['1280 wide, by mouse', { width: 1280 }];
const PHONE: Screen = ['390 wide, by touch', { width: 390, isTouch: true }];
/** `npm test` does each picture on one screen. */
export const SCREENS = tier() === 'fast' ? [PHONE] : [DESK, PHONE];

/** Starts them before the tests of a file and ends them after; what comes back opens a page for a new reader. */
export function usePages(): (path: string, options?: OpenOptions) => Promise<OpenPage> {
  let stack: RunningStack;
  let browser: Browser;
  const contexts = new Map<number, BrowserContext>();
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stack.end();
  });
  return async (path, options = { width: 1280 }) => {
    const width = options.width ?? 0;
    const context = contexts.get(width) ?? (await newContext(browser, options));
    contexts.set(width, context);
    return openFresh(browser, stack, path, { ...options, context });
  };
}

/** The program with its picture. */
export function viewOf(page: Page, cell: string): Locator {
  return page.locator('.trace-view', { has: page.locator(`[data-cell="${cell}"]`) });
}
