// A lesson on paper: what a reader ran stands there whole, in black and white, and nothing that is to be pressed.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { itInCi, partInTier } from '../tools/tier.ts';
import { PYTHON_MS_MAX, usePages, viewOf } from './pages.ts';

const open = usePages();
const KINDS = 'lessons/every-kind/';
/** A4 without the margins of print.css, in CSS pixels. */
const PAPER_WIDTH = 680;

/** The page as paper, as wide as between the margins. */
async function paperOf(path: string, cells: readonly string[]): Promise<Page> {
  const { page } = await open(path);
  for (const cell of cells) {
    const place = page.locator(`[data-cell="${cell}"]`);
    await place.getByRole('button', { name: /^Run/ }).click();
    await page
      .locator(`[data-cell="${cell}"]:is([data-state="done"], [data-state="error"])`)
      .waitFor({ timeout: PYTHON_MS_MAX });
    if ((await viewOf(page, cell).count()) > 0)
      await viewOf(page, cell).locator('.step-words').waitFor();
  }
  await page.setViewportSize({ width: PAPER_WIDTH, height: 960 });
  await page.emulateMedia({ media: 'print' });
  if (cells.length > 0) await page.locator('.paper-frame').first().waitFor();
  return page;
}

/** Everything that reaches over the right edge, and every box that hides a part of what it holds. */
function cutThings(page: Page): Promise<readonly string[]> {
  return page.evaluate((width) => {
    const name = (each: Element): string => `${each.tagName} ${each.getAttribute('class') ?? ''}`;
    const all = [...document.querySelectorAll('.lesson *')].filter(
      (each) => each.getClientRects().length > 0 && !each.matches('.visually-hidden'),
    );
    const over = all.filter((each) => each.getBoundingClientRect().right > width + 1);
    const cut = all.filter((each) => {
      const { overflowX, overflowY } = getComputedStyle(each);
      const isHidden = overflowX !== 'visible' || overflowY !== 'visible';
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = each;
      return isHidden && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
    });
    return [...over, ...cut].filter((each) => !(each instanceof SVGElement)).map(name);
  }, PAPER_WIDTH);
}

function shownControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, input[type="range"], textarea, .monaco-editor, summary')]
      .filter((each) => each.getClientRects().length > 0)
      .map((each) => each.outerHTML.slice(0, 80)),
  );
}

describe('a picture on paper', () => {
  it.each(
    partInTier(
      [
        ['call-tree', 'fib-remember', ['Step 43 of 92', 'Step 92 of 92'], 'svg.call-tree'],
        ['fill-and-explore', 'two-doses', ['Step 4 of 25', 'Step 25 of 25'], 'svg.environment'],
        // The author chose it: steps-to.
        ['names-and-links', 'ward-log', ['Step 17 of 21'], 'svg.environment'],
        ['binding', 'doses-bound', ['Call 1 of 5', 'Call 5 of 5'], '.binding'],
        ['expression', 'parts', ['Line 5', 'Line 6', 'Line 7'], '.reductions'],
        ['decorators', 'layers', ['Step 7 of 13', 'Step 13 of 13'], '.onion'],
        ['search', 'small-sudoku', ['Call 31 of 31', '31 calls of search'], 'svg.search-tree'],
        ['replay', 'small-replay', ['Call 1 of 4', 'After the last call'], '.replay'],
        ['files', 'two-files', ['Looking for units', 'Step 9 of 9'], '.shelves'],
      ] as const,
      2,
    ),
  )(
    'of %s shows key frames with words, whole, without controls',
    async (name, cell, words, drawn) => {
      const page = await paperOf(`${KINDS}${name}/`, [cell]);
      const frames = viewOf(page, cell).locator('.paper-frame');
      const count = await frames.count();
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(5);
      const text = await viewOf(page, cell).locator('.paper-frames').innerText();
      for (const each of words) expect(text).toContain(each);
      for (const frame of await frames.all()) {
        expect(await frame.locator('figcaption').innerText()).toMatch(/, Step \d+ of \d+: \S/);
        expect(await frame.locator(drawn).isVisible()).toBe(true);
      }
      expect(await shownControls(page)).toEqual([]);
      expect(await cutThings(page)).toEqual([]);
      await page.close();
    },
  );

  itInCi(
    'has the table of the cache, and the calls that wait, beside the deepest call',
    async () => {
      const page = await paperOf(`${KINDS}call-tree/`, ['fib-remember']);
      const frames = viewOf(page, 'fib-remember').locator('.paper-frame');
      expect(await frames.first().locator('.call-stack li').count()).toBe(7);
      expect(await frames.first().locator('.memo-table').innerText()).toContain(
        'Nothing is kept yet',
      );
      expect(await frames.last().locator('.memo-table').innerText()).toMatch(/4\s+hits/);
      // What stood beside the controls is there once.
      expect(await page.locator('.memo-table:visible').count()).toBe(2);
      await page.close();
    },
  );

  itInCi('is black on white, whatever the screen shows', async () => {
    const page = await paperOf(`${KINDS}names-and-links/`, ['ward-log']);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colors = await page.evaluate(() => {
      const grey = (color: string): boolean => {
        const [red, green, blue] = color.match(/[\d.]+/g) ?? [];
        return red === green && green === blue;
      };
      const used = new Set<string>();
      for (const each of document.querySelectorAll('.lesson *')) {
        if (each.getClientRects().length === 0) continue;
        const { color, fill, stroke, backgroundColor } = getComputedStyle(each);
        for (const one of [color, fill, stroke, backgroundColor])
          if (one.startsWith('rgb') && !grey(one)) used.add(`${each.tagName} ${one}`);
      }
      return { used: [...used], page: getComputedStyle(document.documentElement).backgroundColor };
    });
    expect(colors).toEqual({ used: [], page: 'rgb(255, 255, 255)' });
    await page.close();
  });

  itInCi('is drawn before the pages are counted, and gone when they are printed', async () => {
    const { page } = await open(`${KINDS}binding/`);
    await page.locator('[data-cell="doses-bound"]').getByRole('button', { name: /^Run/ }).click();
    await page.locator('.step-words').waitFor({ timeout: PYTHON_MS_MAX });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(3);
    await expect.poll(() => page.locator('.paper-frame').count()).toBe(0);
    await page.close();
  });
});

describe('a lesson on paper', () => {
  it('wraps programs, shows every file of a cell, and leaves out what was not run', async () => {
    const page = await paperOf(`${KINDS}files/`, []);
    const panels = page.locator('[data-cell="two-files"] [role="tabpanel"]');
    expect(await panels.count()).toBe(2);
    for (const panel of await panels.all()) expect(await panel.isVisible()).toBe(true);
    expect(await page.locator('.trace-picture').isVisible()).toBe(false);
    expect(await page.locator('[data-cell="two-files"] .cell-foot').isVisible()).toBe(false);
    expect(await shownControls(page)).toEqual([]);
    await page.close();
  });

  it('asks its questions again: no answer, no hint, nothing that was ticked', async () => {
    const { page } = await open('lessons/closures/two-counters/');
    await page.getByText('12 13', { exact: true }).click();
    await page.locator('.check-question .option').first().click();
    await page.setViewportSize({ width: PAPER_WIDTH, height: 960 });
    await page.emulateMedia({ media: 'print' });
    for (const answer of ['.outcome', '.option-marks', '.hints', '.solution', '.exercise-actions'])
      expect(await page.locator(`${answer}:visible`).count(), answer).toBe(0);
    const edges = await page.locator('.option').evaluateAll((options) => [
      ...new Set(
        options.map((each) => {
          const { borderColor, backgroundColor, opacity } = getComputedStyle(each);
          return [borderColor, backgroundColor, opacity].join(' ');
        }),
      ),
    ]);
    expect(edges.length).toBe(1);
    expect(await shownControls(page)).toEqual([]);
    expect(await cutThings(page)).toEqual([]);
    await page.close();
  });

  it('prints the program that is in the editor', async () => {
    const { page } = await open(`${KINDS}call-tree/`);
    const cell = page.locator('[data-cell="fib-plain"]');
    await cell.locator('.code-input').focus();
    await cell.locator('.monaco-editor').waitFor({ timeout: 20_000 });
    await page.keyboard.press('Control+End');
    await page.keyboard.type(`  # ${'long words '.repeat(12)}`);
    await page.setViewportSize({ width: PAPER_WIDTH, height: 960 });
    await page.emulateMedia({ media: 'print' });
    expect(await cell.locator('.code-lines').isVisible()).toBe(true);
    expect(await cell.locator('.code-lines').innerText()).toContain('long words');
    expect(await shownControls(page)).toEqual([]);
    expect(await cutThings(page)).toEqual([]);
    await page.close();
  });
});
