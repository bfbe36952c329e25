// Each picture and activity of the lesson for authors, driven with the mouse, with keys alone, and on a phone.

import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { itInCi } from '../tools/tier.ts';
import { PYTHON_MS_MAX, SCREENS, usePages, viewOf } from './pages.ts';
import { seriousFindings, type OpenOptions } from './reader.ts';

const open = usePages();

async function run(page: Page, cell: string): Promise<void> {
  const view = viewOf(page, cell);
  await view.getByRole('button', { name: /^Run/ }).click();
  await page
    .locator(`[data-cell="${cell}"][data-state="done"]`)
    .waitFor({ timeout: PYTHON_MS_MAX });
}

describe('the call tree', () => {
  it.each(SCREENS)('shows calls one by one, and what the table saved, %s', async (_, options) => {
    const { page, wrongs } = await open('lessons/every-kind/call-tree/', options);
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
    expect(await view.locator('.picture-text li').nth(11).innerText()).toMatch(
      /^Call 11, made by call 1: fib\(4\) is answered from the table, 3/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('takes the table away and puts it back, and counts the calls of both', async () => {
    const { page, wrongs } = await open('lessons/every-kind/call-tree/');
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
    await page.close();
  });

  it('is driven with keys alone', async () => {
    const { page, wrongs } = await open('lessons/every-kind/call-tree/');
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
    await page.close();
  });
});

describe('a table with little room', () => {
  itInCi(
    'shows what it let go, and draws of two thousand calls only what is in sight',
    async () => {
      const { page, wrongs } = await open('lessons/every-kind/evictions/', {
        width: 390,
        isTouch: true,
      });
      await run(page, 'small-table');
      const view = viewOf(page, 'small-table');
      await view.getByRole('button', { name: 'Last step' }).click();
      expect(await view.locator('.memo-counts').innerText()).toMatch(
        /1\s+hits\s+4\s+misses\s+0\s+saved\s+2\s+let go/,
      );
      expect(await view.locator('.is-gone tr').allInnerTexts()).toEqual([
        expect.stringMatching(/^6\s+90\s+call 2\s+let go$/),
        expect.stringMatching(/^4\s+60\s+call 1\s+let go$/),
      ]);
      expect(await seriousFindings(page)).toEqual([]);
      await view
        .locator('.code-input')
        .fill(
          `from functools import cache\n@cache\ndef fee(n):\n    return n\nfor _ in range(200):\n    ${'fee(1);'.repeat(10)}\n`,
        );
      await run(page, 'small-table');
      await view.getByRole('button', { name: 'Last step' }).click();
      await expect
        .poll(() => view.locator('.step-words').innerText())
        .toContain('2000 calls of fee');
      const numbers = async (): Promise<readonly number[]> =>
        (await view.locator('.tree-number').allTextContents()).map(Number);
      await view.locator('.call-tree-box').evaluate((box) => box.scrollTo({ left: 0 }));
      await expect.poll(async () => Math.min(...(await numbers()))).toBe(1);
      expect((await numbers()).length).toBeLessThan(100);
      await view
        .locator('.call-tree-box')
        .evaluate((box) => box.scrollTo({ left: box.scrollWidth }));
      await expect.poll(async () => Math.max(...(await numbers()))).toBe(2000);
      expect((await numbers()).length).toBeLessThan(100);
      expect(wrongs).toEqual([]);
      await page.close();
    },
  );
});

describe('an exercise of lines to put in order', () => {
  const PAGE = 'lessons/every-kind/order-and-checks/';
  const LINES = [
    'def first_abnormal(pulses):',
    '    for pulse in pulses:',
    '        if pulse < 60 or pulse > 100:',
    '            return pulse',
  ];

  function boardOf(page: Page) {
    const place = page.locator('[data-exercise="first-abnormal"]');
    const piece = (text: string): Locator =>
      place.locator('.piece').filter({ has: page.locator('code', { hasText: exactly(text) }) });
    return {
      place,
      piece,
      add: (text: string) => piece(text).getByRole('button', { name: /^Add/ }).click(),
      reaches: (state: string) =>
        page
          .locator(`[data-cell="first-abnormal"][data-state="${state}"]`)
          .waitFor({ timeout: PYTHON_MS_MAX }),
      check: () => place.getByRole('button', { name: 'Check my answer' }).click(),
    };
  }

  it.each(SCREENS)('says why a line does not belong, and takes it out, %s', async (_, options) => {
    const { page, wrongs } = await open(PAGE, options);
    const board = boardOf(page);
    for (const line of LINES) await board.add(line);
    await board.add('        return None');
    await board.check();
    await board.reaches('failed');
    expect(await board.place.locator('.foreseen').innerText()).toContain('ends the function');
    await board.piece('        return None').getByRole('button', { name: 'Take out' }).click();
    await board.add('    return None');
    await board.check();
    await board.reaches('passed');
    // The order survives a reload.
    await page.reload();
    await expect.poll(() => board.place.locator('.piece.is-chosen').count()).toBe(5);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('is solved with keys alone', async () => {
    const { page, wrongs } = await open(PAGE);
    const board = boardOf(page);
    // The last two lines come in the wrong order, and the arrow key puts them right.
    for (const line of [...LINES.slice(0, 3), '    return None', LINES[3] ?? '']) {
      await board.piece(line).getByRole('button', { name: /^Add/ }).focus();
      await page.keyboard.press('Enter');
    }
    await board.piece(LINES[3] ?? '').focus();
    await page.keyboard.press('ArrowUp');
    await board.place.getByRole('button', { name: 'Check my answer' }).focus();
    await page.keyboard.press('Enter');
    await board.reaches('passed');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  function exactly(text: string): RegExp {
    return new RegExp(`^${text.replace(/[()[\]|.*+?^$]/g, '\\$&')}$`);
  }
});

describe('an exercise of checks that catch mutants', () => {
  it('says which broken version was missed, and how many were caught', async () => {
    const path = 'lessons/every-kind/order-and-checks/';
    const options: OpenOptions = { width: 390, isTouch: true };
    const { page, wrongs } = await open(path, options);
    const place = page.locator('[data-exercise="check-band"]');
    const code = place.locator('.code-input');
    const check = place.getByRole('button', { name: 'Check my answer' });
    const says = place.locator('.cell-foot');
    await code.fill('def check_band():\n    assert band(36) == "usual"\n');
    await check.click();
    await page
      .locator('[data-cell="check-band"][data-state="failed"]')
      .waitFor({ timeout: PYTHON_MS_MAX });
    expect(await says.innerText()).toMatch(/Broken version 2 was let pass[\s\S]*1 of 4 broken/);
    await code.fill('def check_band():\n    assert band(36) == "low"\n');
    await check.click();
    await expect.poll(() => says.innerText()).toContain('A version that is right was refused');
    const edges = [35.9, 36, 38].map(
      (each, at) => `band(${each}) == "${['low', 'usual', 'fever'][at]}"`,
    );
    await code.fill(`def check_band():\n    assert ${edges.join(' and ')}\n`);
    await check.click();
    await expect.poll(() => says.innerText()).toContain('4 of 4 broken versions caught');
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('an exercise of blanks to fill', () => {
  const PAGE = 'lessons/every-kind/fill-and-explore/';

  function blanksOf(page: Page) {
    const place = page.locator('[data-exercise="count-calls"]');
    return {
      place,
      blank: (at: number) => place.getByLabel(`Blank ${at} of 3`),
      check: place.getByRole('button', { name: 'Check my answer' }),
      says: place.locator('.cell-foot'),
      reaches: (state: string) =>
        page
          .locator(`[data-cell="count-calls"][data-state="${state}"]`)
          .waitFor({ timeout: PYTHON_MS_MAX }),
    };
  }

  it.each(SCREENS)('says what a wrong blank does, and keeps what is typed, %s', async (_, opts) => {
    const { page, wrongs } = await open(PAGE, opts);
    const { place, blank, check, says, reaches } = blanksOf(page);
    await blank(1).fill('+= 1');
    await blank(2).fill('func');
    await check.click();
    await reaches('failed');
    expect(await says.innerText()).toContain('Blank 3 of 3 is still empty.');
    await blank(3).fill('wrapper');
    await check.click();
    await expect.poll(() => says.innerText()).toContain('What makes Python call it?');
    await blank(2).fill('func(*args)');
    await check.click();
    await reaches('passed');
    expect(await says.innerText()).toContain('3 of 3 checks passed');
    // Only the blanks can be typed in.
    expect(await place.locator('textarea, [contenteditable]').count()).toBe(0);
    await page.reload();
    await expect.poll(() => blank(2).inputValue()).toBe('func(*args)');
    expect(await place.locator('.code-lines').innerText()).toContain('wrapper.calls = 0');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(opts.width);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('is filled with keys alone', async () => {
    const { page, wrongs } = await open(PAGE);
    const { blank, check, says, reaches } = blanksOf(page);
    await blank(1).focus();
    for (const text of ['+= 1', 'func(*args)', 'wrapper']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    // The next stop after the last blank is the button that checks.
    expect(await check.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await reaches('passed');
    expect(await says.innerText()).toContain('3 of 3 checks passed');
    // Ctrl+Enter in a blank runs the program, as in an editor.
    await blank(3).focus();
    await page.keyboard.press('Control+Enter');
    await reaches('done');
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('a question about a picture: explore', () => {
  const PAGE = 'lessons/every-kind/fill-and-explore/';

  it.each(SCREENS)('answers a count in its own words, and keeps it, %s', async (_, options) => {
    const { page, wrongs } = await open(PAGE, options);
    await run(page, 'ways-to-climb');
    await viewOf(page, 'ways-to-climb').getByRole('button', { name: 'Last step' }).click();
    const question = page.locator('[data-explore="calls-of-ways"]');
    const says = question.getByRole('status');
    const answer = async (count: string): Promise<void> => {
      await question.getByLabel('Your count').fill(count);
      await question.getByRole('button', { name: 'Check my count' }).click();
    };
    await answer('nine');
    expect(await says.innerText()).toBe('Type a whole number in digits.');
    await answer('5');
    expect(await says.innerText()).toContain('Which boxes are hatched?');
    await answer('12');
    expect(await says.innerText()).toBe(
      'You counted 12. Step through the picture and count once more.',
    );
    const calls = await viewOf(page, 'ways-to-climb').locator('.tree-call').count();
    await answer(String(calls));
    expect(await says.innerText()).toBe('9 calls, as in the picture.');
    await page.reload();
    await expect.poll(() => says.innerText()).toBe('9 calls, as in the picture.');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('is answered with keys alone, with a count and with a text', async () => {
    const { page, wrongs } = await open(PAGE);
    const kept = page.locator('[data-explore="kept-of-doses"]');
    await kept.getByLabel('Your count').focus();
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    expect(await kept.getByRole('status').innerText()).toBe('2 kept frames, as in the picture.');
    const last = page.locator('[data-explore="last-of-doses"]');
    await last.getByLabel('Your answer').focus();
    await page.keyboard.type('True');
    await page.keyboard.press('Enter');
    expect(await last.getByRole('status').innerText()).toBe(
      'You answered True. Step through the picture and look once more.',
    );
    await page.keyboard.press('Control+a');
    await page.keyboard.type('False');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await last.getByRole('status').innerText()).toBe('False, as in the picture.');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('says so when the program is not the one that was asked about', async () => {
    const { page, wrongs } = await open(PAGE, {
      width: 390,
      isTouch: true,
    });
    const cell = page.locator('[data-cell="ways-to-climb"]');
    await cell.locator('.code-input').fill('def ways(n):\n    return n\n\nways(1)\n');
    const question = page.locator('[data-explore="calls-of-ways"]');
    await question.getByLabel('Your count').fill('1');
    await question.getByRole('button', { name: 'Check my count' }).click();
    expect(await question.getByRole('status').innerText()).toBe(
      'You counted 1. The question is about ways.py as it was: reset it, run it, and look again.',
    );
    expect(wrongs).toEqual([]);
    await page.close();
  });
});
