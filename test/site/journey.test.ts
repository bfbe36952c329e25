// What a reader does, in real Chromium on the running program: course, lab in both places, dashboard, phone.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  doLabInPage,
  doLabOnMachine,
  exploreCounters,
  solveExercise,
  stopEndlessLoop,
} from './lesson-steps.ts';
import {
  launchBrowser,
  openFresh,
  seriousFindings,
  startStack,
  type OpenOptions,
  type OpenPage,
  type RunningStack,
} from './reader.ts';
import { partInTier, tier } from '../tools/tier.ts';

const DESK = ['1280 wide', { width: 1280 }] as const;
const PHONE = ['390 wide, by touch', { width: 390, isTouch: true }] as const;
type Screen = readonly [name: string, options: OpenOptions];
const BOTH: readonly Screen[] = [DESK, PHONE];
/** `npm test` does the long journeys on one screen. */
const SCREENS: readonly Screen[] = tier() === 'fast' ? [DESK] : BOTH;
const PAGES = [
  '',
  'lessons/closures/makes/',
  'lessons/closures/two-counters/',
  'lessons/closures/remembers/',
  'labs/first-heartbeat/',
  'dashboards/host/',
];

let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await stack.end();
});

const open = (path: string, options?: OpenOptions): Promise<OpenPage> =>
  openFresh(browser, stack, path, options);

/** Opens a page, lets `act` use it, and expects that nothing went wrong meanwhile. */
async function journey(
  path: string,
  act: (page: OpenPage['page']) => Promise<void>,
  options?: OpenOptions,
): Promise<void> {
  const { page, wrongs } = await open(path, options);
  await act(page);
  expect(wrongs).toEqual([]);
  await page.context().close();
}

describe('a reader in Chromium', () => {
  it('goes from the home page to the course, the lab and the dashboard', () =>
    journey('', async (page) => {
      const start = page.getByRole('link', { name: /^Start with / });
      const [first] = await page.locator('#course tbody a').all();
      expect(await start.innerText()).toBe(`Start with ${(await first?.innerText()) ?? ''}`);
      expect(await start.getAttribute('href')).toBe(await first?.getAttribute('href'));
      const closures = page.locator('#course th > a', { hasText: 'Closures' });
      expect(await closures.getAttribute('href')).toBe('lessons/closures/makes/');
      const lab = page.getByRole('link', { name: 'First heartbeat' });
      expect(await lab.getAttribute('href')).toBe('labs/first-heartbeat/');
      await page.getByRole('link', { name: 'See the live dashboard' }).click();
      await page.getByRole('heading', { name: 'Host overview' }).waitFor();
    }));

  it.each(SCREENS)(
    'predicts, runs, and steps through two counters with a cell each, %s',
    (_, options) => journey('lessons/closures/two-counters/', exploreCounters, options),
  );

  it.each(SCREENS)(
    'stops an endless loop, and solves the exercise with help in its own words, %s',
    (_, options) =>
      journey(
        'lessons/closures/remembers/',
        async (page) => {
          await stopEndlessLoop(page);
          await solveExercise(page);
          // A touch screen keeps its own keyboard and the plain text field.
          const editors = await page.locator('.monaco-editor').count();
          expect(editors > 0).toBe(options.isTouch !== true);
          await page.reload();
          const program = page.locator('[data-cell="in-range"] .code-lines');
          await expect.poll(() => program.innerText()).toContain('lambda reading');
        },
        options,
      ),
  );

  it.each(SCREENS)('reads real numbers of this machine within 15 s, %s', (_, options) =>
    journey(
      'dashboards/host/?refresh=5s',
      async (page) => {
        const memory = page.getByRole('region', { name: 'Memory' });
        await memory.getByRole('button', { name: 'used' }).waitFor({ timeout: 15_000 });
        expect(await memory.locator('tbody tr').first().innerText()).toMatch(/\d [KMGT]iB/);
      },
      options,
    ),
  );

  it.each(SCREENS)('does every task of the lab in the page, %s', (_, options) =>
    journey('labs/first-heartbeat/', doLabInPage, options),
  );

  it.each(SCREENS)('does every task of the lab on this machine, %s', (_, options) =>
    journey('labs/first-heartbeat/', doLabOnMachine, options),
  );

  it.each(partInTier(PAGES, 2))('finds nothing serious with axe on /%s', (path) =>
    journey(path, async (page) => {
      await page.waitForTimeout(1000);
      expect(await seriousFindings(page)).toEqual([]);
    }),
  );

  it.each(PAGES)('reads /%s on a phone without scrolling sideways, and axe agrees', (path) =>
    journey(
      path,
      async (page) => {
        await page.waitForTimeout(1000);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
        expect(await seriousFindings(page)).toEqual([]);
      },
      PHONE[1],
    ),
  );
});
