// What surrounds the pages of a chapter: the index, the list of words, the chapter on paper, its files.

import { describe, expect, it } from 'vitest';
import { seriousFindings } from './reader.ts';
import { SCREENS, usePages } from './pages.ts';

const open = usePages();

describe('the index of the course', () => {
  it.each(SCREENS)(
    'names what a chapter needs, how long it takes, and what is done, %s',
    async (_, options) => {
      const { page, wrongs } = await open('', options);
      const row = page.locator('#course tr', { hasText: 'Memoization' });
      expect(await row.innerText()).toMatch(/after Closures, Decorators, Recursion, dictionaries/);
      expect(await row.innerText()).toContain('90–120 min');
      expect(await row.locator('[data-items]').textContent()).toBe('0 of 13 done');
      expect(await row.getByRole('link', { name: 'Recursion' }).getAttribute('href')).toBe(
        'lessons/recursion/calls-itself/',
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
      expect(await seriousFindings(page)).toEqual([]);
      expect(wrongs).toEqual([]);
      await page.close();
    },
  );

  it('leads from the last page of a chapter to the next chapter', async () => {
    const { page } = await open('lessons/scope/in-your-words/');
    await page.getByRole('link', { name: 'Next chapter: Closures' }).click();
    await page
      .getByRole('heading', { level: 1, name: 'A function that makes a function' })
      .waitFor();
    await page.close();
  });
});

describe('the words of the course', () => {
  it.each(SCREENS)('are found from the index, with keys alone, %s', async (_, options) => {
    const { page, wrongs } = await open('', options);
    await page.getByLabel('Find a word of the course').fill('legb');
    await page.keyboard.press('Enter');
    const found = page.locator('.term:not([hidden])');
    await expect.poll(() => found.count()).toBe(1);
    expect(await found.innerText()).toContain('local, enclosing, Global, built-in');
    await page.getByLabel('Find a word').fill('@');
    expect(await found.locator('dt').allInnerTexts()).toContain('decorator');
    await page.getByLabel('Find a word').fill('zebra');
    expect(await page.getByRole('status').innerText()).toContain(
      'No word of the course holds "zebra"',
    );
    await page.getByLabel('Find a word').fill('');
    expect(await found.count()).toBeGreaterThan(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    await found.getByRole('link', { name: 'Scope: Four places to look' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Four places to look' }).waitFor();
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('a chapter on paper', () => {
  it.each(SCREENS)('has room for answers and none of them, %s', async (_, options) => {
    const { page, wrongs } = await open('lessons/closures/print/', options);
    expect(await page.locator('.paper-page').count()).toBe(13);
    expect(await page.locator('.paper-lines').count()).toBeGreaterThan(20);
    expect(await page.locator('.paper-told, .is-right, .paper-answer, .paper-wrong').count()).toBe(
      0,
    );
    // The output of a program that is predicted would be the answer.
    const asked = page
      .locator('.paper-page', { hasText: 'Do two counters share one count?' })
      .first();
    expect(await asked.locator('.paper-output', { hasText: '2 11' }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('holds plan, answers, and each wrong answer with its words for those who teach', async () => {
    const { page, wrongs } = await open('lessons/closures/answers/');
    const text = await page.locator('.paper').innerText();
    expect(text).toContain('This copy holds the answers.');
    expect(text).toContain(
      'An inner function copies the values of the moment when it was made. (page 5)',
    );
    expect(text).toContain('Wrong answer: compares at once');
    expect(await page.locator('.paper-options .is-right').count()).toBeGreaterThan(20);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(20);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('is taken along as a notebook and as a Python file, with the answers apart', async () => {
    const { page } = await open('lessons/closures/makes/');
    for (const [name, at, kind] of [
      ['Notebook', 0, /\.ipynb$/],
      ['Python file', 0, /closures\.py$/],
      ['Notebook', 1, /-answers\.ipynb$/],
      ['Python file', 1, /-answers\.py$/],
    ] as const) {
      const coming = page.waitForEvent('download');
      await page.locator('.take-along ul').nth(at).getByRole('link', { name }).click();
      expect((await coming).suggestedFilename()).toMatch(kind);
    }
    await page.close();
  });
});
