// Predictions, a task to write and a program to clean up, on the page for authors: by mouse, by touch, with keys alone.

import { describe, expect, it } from 'vitest';
import { cell } from './lesson-steps.ts';
import { PYTHON_MS_MAX, SCREENS, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();
const PAGE = 'lessons/every-kind/guess-and-tasks/';
const CLEANED =
  'def card(name): print("-" * 12); print("Patient", name); print("-" * 12)\n' +
  'def cards(): card("Ada"); card("Ben")';

describe('a page of guesses and tasks', () => {
  it.each(SCREENS)('asks before the run, and grades how it is written, %s', async (_, options) => {
    const { page, wrongs } = await open(PAGE, options);
    const guess = page.locator('[data-predict="guess-twice"]');
    await guess.getByText('8', { exact: true }).click();
    await guess.getByRole('button', { name: 'Certain' }).click();
    await cell(page, 'prints-twice').run();
    await cell(page, 'prints-twice').reaches('done', PYTHON_MS_MAX);
    await expect
      .poll(() => guess.getByRole('status').innerText())
      .toMatch(/You predicted 8\. Python printed None\..*hand it to the caller\?.*certain/s);

    const task = page.locator('[data-exercise="one-card"]');
    const check = task.getByRole('button', { name: 'Check my answer' });
    await check.click();
    await cell(page, 'one-card').reaches('failed', PYTHON_MS_MAX);
    await cell(page, 'one-card').type(CLEANED);
    await check.click();
    await cell(page, 'one-card').reaches('passed', PYTHON_MS_MAX);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(options.width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('is done with keys alone', async () => {
    const { page, wrongs } = await open(PAGE);
    const guess = page.locator('[data-predict="guess-twice"]');
    await guess.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await cell(page, 'prints-twice').place.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Enter');
    await cell(page, 'prints-twice').reaches('done', PYTHON_MS_MAX);
    await expect
      .poll(() => guess.getByRole('status').innerText())
      .toContain('You predicted None. Python printed the same.');

    const typed = page.locator('[data-predict="guess-length"]');
    await typed.getByRole('textbox').focus();
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await cell(page, 'counts-letters').place.getByRole('button', { name: /^Run/ }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => typed.getByRole('status').innerText())
      .toContain('What stands between them?');

    const task = page.locator('[data-exercise="above-limit"]');
    await task.getByRole('textbox').first().focus();
    await task.locator('.monaco-editor').waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(
      'def above(pulses, limit):\nreturn len([p for p in pulses if p > limit])',
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await task.getByRole('button', { name: 'Check my answer' }).focus();
    await page.keyboard.press('Enter');
    await cell(page, 'above-limit').reaches('passed', PYTHON_MS_MAX);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});
