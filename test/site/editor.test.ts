// The editor of the page: one for all cells, with the text and the history of each; by mouse, by keys, and by touch.

import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { itInCi } from '../tools/tier.ts';
import { PYTHON_MS_MAX, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();
const PAGE = 'lessons/every-kind/call-tree/';
const FILES = 'lessons/every-kind/files/';
const EDITOR_MS_MAX = 20_000;

interface CellOnPage {
  readonly place: Locator;
  /** The text as the page knows it. */
  text(): Promise<string>;
  /** Clicks behind the last character of a line, and waits for the editor. */
  click(line: number): Promise<void>;
  hasEditor(): Promise<boolean>;
}

function cellOf(page: Page, id: string): CellOnPage {
  const place = page.locator(`[data-cell="${id}"]`);
  const code = place.locator('.code:visible');
  return {
    place,
    text: () => code.locator('.code-lines').evaluate((pre) => pre.textContent ?? ''),
    async click(line) {
      const words = code.locator('.line').nth(line - 1);
      const { width, height } = (await words.boundingBox()) ?? { width: 0, height: 0 };
      await words.click({ position: { x: width - 20, y: height / 2 }, force: true });
      await code.locator('.monaco-editor').waitFor({ timeout: EDITOR_MS_MAX });
      expect(await page.locator('.monaco-editor').count()).toBe(1);
    },
    hasEditor: async () => (await code.locator('.monaco-editor').count()) === 1,
  };
}

/** What has the focus, as one would call it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
  });
}

describe('the one editor of a page', () => {
  it('goes from cell to cell, and each keeps its text, its undo and its cursor', async () => {
    const { page, wrongs } = await open(PAGE);
    const plain = cellOf(page, 'fib-plain');
    const remember = cellOf(page, 'fib-remember');
    expect(await page.locator('.monaco-editor').count()).toBe(0);
    await plain.click(6);
    await page.keyboard.type('  # one');
    await remember.click(9);
    expect(await plain.hasEditor()).toBe(false);
    await page.keyboard.type('  # two');
    expect(await plain.text()).toContain('print(fib(6))  # one\n');
    expect(await remember.text()).toContain('@remember  # two\n');
    // Back by keys: the cursor stands where it was, and undo knows this cell's own history.
    await plain.place.locator('.code-input').focus();
    await plain.place.locator('.monaco-editor').waitFor();
    await page.keyboard.type('!');
    expect(await plain.text()).toContain('# one!\n');
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Control+z');
    expect(await plain.text()).toContain('print(fib(6))\n');
    expect(await remember.text()).toContain('@remember  # two\n');
    await remember.click(9);
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Control+z');
    expect(await remember.text()).toContain('@remember\n');
    expect(await page.locator('.monaco-editor').count()).toBe(1);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('loses no key that is pressed while it comes or goes', async () => {
    const { page, wrongs } = await open(PAGE);
    const plain = cellOf(page, 'fib-plain');
    const remember = cellOf(page, 'fib-remember');
    const typeAtEnd = async (cell: CellOnPage, text: string): Promise<void> => {
      // Without waiting for the editor: the textarea takes the first keys.
      const field = cell.place.locator(
        '.code-input, .monaco-editor textarea, .native-edit-context',
      );
      await field.last().focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.type(text);
    };
    for (let times = 0; times < 3; times += 1) {
      await typeAtEnd(plain, 'abc');
      await typeAtEnd(remember, 'xyz');
    }
    await expect.poll(() => plain.text()).toContain('print(fib(6))abcabcabc\n');
    expect(await remember.text()).toContain('print(fib(6))xyzxyzxyz\n');
    // What was typed before the editor came can be undone in it.
    await plain.click(6);
    for (let times = 0; times < 12; times += 1) await page.keyboard.press('Control+z');
    expect(await plain.text()).toContain('print(fib(6))\n');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('stands exactly where the still text stood, and nothing else moves', async () => {
    const { page, wrongs } = await open(PAGE);
    const remember = cellOf(page, 'fib-remember');
    await remember.place.scrollIntoViewIfNeeded();
    await page.evaluate(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as readonly {
          value: number;
          sources: readonly { node: Element | null }[];
        }[])
          for (const { node } of entry.sources)
            // The head of the page tells the stack's points a second meanwhile.
            if (node?.closest('.code-monaco, header') === null)
              shifts.push(`${node.className} ${entry.value}`);
      }).observe({ type: 'layout-shift' });
    });
    const placesOf = (): Promise<string> =>
      page.evaluate(() =>
        JSON.stringify(
          [...document.querySelectorAll('.code, .cell, h2, p')].map((each) =>
            Object.values(each.getBoundingClientRect().toJSON() as object),
          ),
        ),
      );
    const before = await placesOf();
    await remember.click(3);
    await page.waitForTimeout(500);
    expect(await placesOf()).toBe(before);
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual(
      [],
    );
    // Every line begins at the same point, and is as wide.
    const rects = await remember.place.locator('.code').evaluate((code) => {
      const rectOf = (node: Node): string => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { left, top, width } = range.getBoundingClientRect();
        return [left, top, width].map((each) => Math.round(each)).join(' ');
      };
      const still = [...code.querySelectorAll('.code-lines .line')];
      const live = [...code.querySelectorAll('.view-line > span')];
      return [still, live].map((lines) =>
        lines
          .filter((each) => each.textContent?.trim() !== '')
          .map(rectOf)
          .sort(),
      );
    });
    expect(rects[1]).toEqual(rects[0]);
    expect(rects[1]?.length).toBeGreaterThan(10);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('lets Tab through until something is typed, and again after Esc', async () => {
    const { page, wrongs } = await open(PAGE);
    const plain = cellOf(page, 'fib-plain');
    await plain.place.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Tab');
    await plain.place.locator('.monaco-editor').waitFor({ timeout: EDITOR_MS_MAX });
    expect(await focused(page)).toContain('Program fib.py');
    const hint = plain.place.locator('.code-leave');
    expect(await hint.innerText()).toBe('Esc, then Tab leaves the editor.');
    expect(await hint.isVisible()).toBe(true);
    expect(await hint.evaluate((at) => getComputedStyle(at).visibility)).toBe('visible');
    // A screen reader says the same words.
    const described = await page.evaluate(() =>
      (document.activeElement?.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? 'missing')
        .join(''),
    );
    expect(described).toBe('Esc, then Tab leaves the editor.');
    // Nothing was typed: Tab passes through, in both directions.
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toMatch(/^Run/);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Program fib.py');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.code'))).toBeNull();
    expect(await hint.evaluate((at) => getComputedStyle(at).visibility)).toBe('hidden');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    expect(await plain.text()).toMatch(/^ {4}def fib/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.code'))).toBeNull();
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi(
    'shows each file of a cell under its tab, and undoes in each what was typed there',
    async () => {
      const { page, wrongs } = await open(FILES);
      const cell = cellOf(page, 'two-files');
      const tabs = cell.place.getByRole('tab');
      await cell.click(1);
      await page.keyboard.type('  # main');
      await tabs.nth(1).click();
      await cell.click(1);
      await page.keyboard.type('  # other');
      expect(await cell.text()).toMatch(/^.* # other\n/);
      await tabs.nth(0).click();
      expect(await cell.text()).toMatch(/^.* # main\n/);
      await cell.click(1);
      for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+z');
      expect(await cell.text()).not.toContain('# main');
      await tabs.nth(1).click();
      expect(await cell.text()).toMatch(/^.* # other\n/);
      expect(await page.locator('.monaco-editor').count()).toBe(1);
      expect(wrongs).toEqual([]);
      await page.close();
    },
  );

  itInCi('takes a reset as one more change that can be undone', async () => {
    const { page, wrongs } = await open(PAGE);
    const plain = cellOf(page, 'fib-plain');
    await plain.click(6);
    await page.keyboard.type('  # mine');
    await plain.place.getByRole('button', { name: 'Reset' }).click();
    expect(await plain.text()).not.toContain('# mine');
    await plain.click(6);
    await page.keyboard.press('Control+z');
    expect(await plain.text()).toContain('# mine');
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('problems while one types', () => {
  it('are listed in words, and lead to their line, by keys alone', async () => {
    const { page, wrongs } = await open(PAGE);
    const plain = cellOf(page, 'fib-plain');
    const problems = plain.place.locator('.problems');
    await plain.click(6);
    await page.keyboard.type(' is 8)');
    await expect
      .poll(() => problems.innerText(), { timeout: PYTHON_MS_MAX })
      .toBe("Line 6: unmatched ')'");
    expect(await problems.getAttribute('role')).toBe('status');
    // The editor draws its line a moment after the words have come.
    await expect.poll(() => plain.place.locator('.squiggly-error').count()).toBe(1);
    // What Python only warns of is a problem too.
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Home');
    await expect.poll(() => problems.innerText()).toContain('Line 6: "is" with');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^Line 6/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    for (let times = 0; times < 5; times += 1) await page.keyboard.press('Backspace');
    expect(await plain.text()).toContain('print(fib(6))\n');
    await expect.poll(() => problems.innerText()).toBe('');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('come on a touch screen too, where the text field of the phone stays', async () => {
    const { page, wrongs } = await open(PAGE, { width: 390, isTouch: true });
    const plain = cellOf(page, 'fib-plain');
    const field = plain.place.locator('.code-input');
    await field.tap();
    await field.fill('def two():');
    await page.keyboard.press('Enter');
    await page.keyboard.type('return (2');
    await page.keyboard.press('Enter');
    // Enter keeps the indentation, and a colon adds to it.
    expect(await field.inputValue()).toBe('def two():\n    return (2\n    ');
    await expect
      .poll(() => plain.place.locator('.problems').innerText(), { timeout: PYTHON_MS_MAX })
      .toBe("Line 2: '(' was never closed");
    await plain.place.locator('.problems button').tap();
    expect(await field.evaluate((at: HTMLTextAreaElement) => at.selectionStart)).toBe(22);
    expect(await page.locator('.monaco-editor').count()).toBe(0);
    expect(await plain.place.locator('.code-leave').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});
