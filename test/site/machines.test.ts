// The pictures of a run that are made of words and boxes, driven in Chromium: by mouse, with keys alone, and 390 wide by touch.

import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { partInTier } from '../tools/tier.ts';
import { PYTHON_MS_MAX, SCREENS, usePages, viewOf } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();

interface Machine {
  /** The page of the lesson with every kind. */
  readonly page: string;
  readonly cell: string;
  /** Whether the program ends in an exception. */
  readonly fails?: true;
  /** What the sentence says at the end, and what the text twin says there. */
  readonly last: RegExp;
  readonly words: RegExp;
  /** Something that is drawn at the end, and how often. */
  readonly drawn: readonly [selector: string, count: number];
}

const MACHINES: readonly Machine[] = [
  {
    page: 'binding',
    cell: 'doses-bound',
    fails: true,
    last: /TypeError: dose\(\) missing 1 required positional argument: 'weight'/,
    words: /Slot weight, by place only: empty\./,
    drawn: ['.slot.is-missing', 1],
  },
  {
    page: 'expression',
    cell: 'parts',
    last: /print\(label\.upper\(\) \+ "\." \* 2\) gives None/,
    words: /then print\('FINE\.\.'\)/,
    drawn: ['.reduction.is-now .part.is-now', 5],
  },
  {
    page: 'decorators',
    cell: 'layers',
    last: /scaled hands 30 back\./,
    words: /layer 2, made by @times\(3\), holds the one below, hands 30 back/,
    drawn: ['.layer', 3],
  },
  {
    page: 'search',
    cell: 'small-sudoku',
    last: /31 calls of search, 18 ended at once\. It found an answer\./,
    words: /Call 31, below call 30: D4=1 leads to the answer\./,
    drawn: ['.search-node.is-pruned', 18],
  },
  {
    page: 'replay',
    cell: 'small-replay',
    last: /After the last call of settle, which gave back None\./,
    words: /Call 4: A4, 4, one digit left\./,
    drawn: ['.replay s', 3],
  },
  {
    page: 'files',
    cell: 'two-files',
    last: /units was taken from the shelf\./,
    words: /On the shelf: units, your folder\/units\.py, asked for twice\./,
    drawn: ['.shelf li code', 3],
  },
];

async function ran(page: Page, { cell, fails }: Machine): Promise<void> {
  const state = fails === true ? 'error' : 'done';
  await page
    .locator(`[data-cell="${cell}"][data-state="${state}"]`)
    .waitFor({ timeout: PYTHON_MS_MAX });
}

async function isWhole(view: Locator, { last, words, drawn }: Machine): Promise<void> {
  await expect.poll(() => view.locator('.step-words').innerText()).toMatch(last);
  expect(await view.locator(drawn[0]).count()).toBe(drawn[1]);
  await view.getByRole('button', { name: 'Read as text' }).click();
  expect(await view.locator('.picture-text').innerText()).toMatch(words);
  await view.getByRole('button', { name: 'Show the picture' }).click();
}

describe.each(partInTier(MACHINES, 2))('the picture of $cell', (machine) => {
  it.each(SCREENS)('is run, stepped and read, %s', async (_, options) => {
    const path = `lessons/every-kind/${machine.page}/`;
    const { page, wrongs } = await open(path, options);
    const view = viewOf(page, machine.cell);
    await view.getByRole('button', { name: /^Run/ }).click();
    await ran(page, machine);
    await view.getByRole('button', { name: /^Next/ }).click();
    expect(await view.getByRole('slider').inputValue()).toBe('1');
    await view.getByRole('button', { name: 'Last step' }).click();
    await isWhole(view, machine);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('is driven with keys alone', async () => {
    const { page, wrongs } = await open(`lessons/every-kind/${machine.page}/`);
    const view = viewOf(page, machine.cell);
    await view.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Enter');
    await ran(page, machine);
    await view.getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    expect(await view.getByRole('slider').inputValue()).toBe('1');
    await page.keyboard.press('End');
    await expect.poll(() => view.locator('.step-words').innerText()).toMatch(machine.last);
    await page.keyboard.press('Home');
    expect(await view.getByRole('slider').inputValue()).toBe('0');
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('a program of several files', () => {
  const PAGE = 'lessons/every-kind/files/';

  it('has a tab for each, with keys alone, keeps what is typed, and shows where it stopped', async () => {
    const { page, wrongs } = await open(PAGE, { width: 390, isTouch: true });
    const cell = page.locator('[data-cell="two-files"]');
    await cell.getByRole('tab', { name: 'main.py' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await cell.getByRole('tab', { name: 'units.py' }).getAttribute('aria-selected')).toBe(
      'true',
    );
    await cell.getByLabel('File units.py').fill('LOADED = 1\ndef to_kg(p):\n    return p / 0\n');
    await cell.getByRole('button', { name: /^Run/ }).click();
    await cell
      .getByText('Python stopped at line 3 of units.py')
      .waitFor({ timeout: PYTHON_MS_MAX });
    expect(await cell.getByRole('tab', { name: /units\.py/ }).innerText()).toContain(
      'stopped here',
    );
    await page.reload();
    await cell.getByRole('tab', { name: 'units.py' }).click();
    await expect
      .poll(() => cell.getByLabel('File units.py').inputValue())
      .toContain('return p / 0');
    await cell.getByRole('button', { name: 'Reset' }).click();
    expect(await cell.getByLabel('File units.py').inputValue()).toContain('math.floor');
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('a program with a command line', () => {
  it.each(SCREENS)('says its help and its exit code, %s', async (_, options) => {
    const { page, wrongs } = await open('lessons/every-kind/cli/', options);
    const cell = page.locator('[data-cell="greet"]');
    const line = cell.getByLabel('Command line of greet.py');
    await line.press('Enter');
    await cell.getByText('Exit code 0.').waitFor({ timeout: PYTHON_MS_MAX });
    expect(await cell.getByLabel('Output').innerText()).toBe('Hello Ada\nHello Ada\n');
    await line.fill('greet.py --help');
    await line.press('Enter');
    await cell.getByText('Usage: greet.py [OPTIONS]').waitFor();
    // Typed ahead, while the program before it may still run: it waits, as at a shell.
    await line.fill('greet.py --help');
    await line.press('Enter');
    await line.fill('greet.py --times often');
    await line.press('Enter');
    await cell.getByText('Exit code 2.').waitFor();
    expect(await cell.getByLabel('Output').innerText()).toContain("'often' is not a valid integer");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});
