// What a reader does in the lesson and in the lab, the same on every host that serves the pages.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The first run waits for 13 MB of Python. */
const PYTHON_MS_MAX = 90_000;
const SOON_MS_MAX = 10_000;

export function cell(page: Page, id: string) {
  const place = page.locator(`[data-cell="${id}"]`);
  return {
    place,
    run: () => place.getByRole('button', { name: /^Run/ }).click(),
    reaches: (state: string, ms = SOON_MS_MAX) =>
      page.locator(`[data-cell="${id}"][data-state="${state}"]`).waitFor({ timeout: ms }),
    /**
     * Types a program in the place of the whole one, as somebody would who selects all of it first: Enter
     * after a colon goes one step in by itself.
     */
    async type(code: string) {
      await place.locator('.code-input, .monaco-editor').last().click({ force: true });
      // Where there is a mouse, the editor comes at the first click.
      const hasMouse = await page.evaluate(() => matchMedia('(pointer: fine)').matches);
      if (hasMouse) await place.locator('.code[data-editor="monaco"]').waitFor();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await page.keyboard.type(code);
    },
  };
}

/** Predicts wrongly, runs, and steps the picture to two cells that differ. */
export async function exploreCounters(page: Page): Promise<void> {
  const counters = cell(page, 'counters');
  expect(await counters.place.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
  await page.getByText('12 13', { exact: true }).click();
  await counters.run();
  await counters.reaches('done', PYTHON_MS_MAX);
  const prediction = page.locator('[data-predict="shared-count"]');
  await expect
    .poll(() => prediction.getByRole('status').innerText())
    .toMatch(/You predicted 12 13. Python printed 2 11./);
  await stepThePicture(page);
}

async function stepThePicture(page: Page): Promise<void> {
  const view = page.locator('.trace-view').first();
  const slider = view.getByRole('slider');
  await view.getByRole('button', { name: 'Step', exact: true }).click();
  expect(await slider.inputValue()).toBe('1');
  await view.getByRole('button', { name: 'Back', exact: true }).click();
  expect(await slider.inputValue()).toBe('0');
  await slider.focus();
  await page.keyboard.press('End');
  await view.getByRole('button', { name: /text/ }).click();
  // Two kept frames, each with a cell of its own: the counts that Python printed.
  const words = await view.innerText();
  expect(words).toMatch(/f1 make_counter.*count.*2/);
  expect(words).toMatch(/f2 make_counter.*count.*11/);
  await view.getByRole('button', { name: /picture/i }).click();
}

/** An endless loop ends at Stop, and the next program runs. */
export async function stopEndlessLoop(page: Page): Promise<void> {
  const label = cell(page, 'checks-by-hand');
  await label.type('while True: pass');
  await label.run();
  await label.reaches('running', PYTHON_MS_MAX);
  await label.place.getByRole('button', { name: 'Stop' }).click();
  await label.reaches('stopped');
  await label.type('print("on we go")');
  await label.run();
  await label.reaches('done', PYTHON_MS_MAX);
  expect(await label.place.getByLabel('Output').innerText()).toContain('on we go');
}

/** A foreseen wrong answer gets its own words and the failing call; then the right one passes. */
export async function solveExercise(page: Page): Promise<void> {
  const place = page.locator('[data-exercise="in-range"]');
  const program = cell(page, 'in-range');
  const check = place.getByRole('button', { name: 'Check my answer' });
  const foreseen = place.locator('.foreseen');
  await program.type('def in_range(lo, hi):\nreturn lo <= hi');
  await check.click();
  await program.reaches('failed', PYTHON_MS_MAX);
  expect(await place.locator('.failed-call').innerText()).toMatch(/newborn\(120\)[\s\S]*TypeError/);
  expect(await foreseen.innerText()).toContain('You gave back True or False');
  await program.type('def in_range(lo, hi):\nreturn lambda reading: lo < reading < hi');
  await check.click();
  await expect
    .poll(() => foreseen.innerText(), { timeout: SOON_MS_MAX })
    .toContain('Which comparison includes them?');
  await program.type('in_range = lambda lo, hi: lambda reading: lo <= reading <= hi');
  await check.click();
  await program.reaches('passed', PYTHON_MS_MAX);
  expect(await program.place.getByRole('status').last().innerText()).toContain(
    '5 of 5 checks passed',
  );
}

/** Every task of the lab in the page, on its simulated machine. */
export async function doLabInPage(page: Page): Promise<void> {
  const task = (title: string) => page.locator('.task', { hasText: title });
  await page.getByRole('button', { name: 'Use this file' }).waitFor();
  await task('Switch on four plugins').getByRole('button', { name: 'Solve' }).click();
  await page.getByRole('button', { name: '60×' }).click();
  await expect
    .poll(() => page.locator('.names li').count(), { timeout: 20_000 })
    .toBeGreaterThan(10);
  // A full minute of the simulated clock passes in a second.
  await page.waitForTimeout(4000);
  await checkTask(page, 'Switch on four plugins');
  for (const title of ['Name one metric', 'Count the beats']) {
    await task(title).getByRole('button', { name: 'Solve' }).click();
    await checkTask(page, title);
  }
  await sendFromPython(page);
  await checkTask(page, 'Send a beat');
  await page.reload();
  await page.locator('.task').first().waitFor();
  expect(await page.locator('.task[data-state="done"]').count()).toBe(4);
}

async function checkTask(page: Page, title: string): Promise<void> {
  const one = page.locator('.task', { hasText: title });
  await expect
    .poll(
      async () => {
        await one.getByRole('button', { name: 'Check' }).click();
        return one.getAttribute('data-state');
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe('done');
}

/** Python's socket reaches StatsD, and the panel shows the count one flush later. */
export async function sendFromPython(page: Page): Promise<void> {
  const send = cell(page, 'send');
  await send.run();
  await send.reaches('done', PYTHON_MS_MAX);
  await expect
    .poll(() => page.getByTestId('counters').innerText(), { timeout: 25_000 })
    .toContain('clinic.visits');
}

/** Every task against the stack of this machine, where plugins are on and a minute lasts a minute. */
export async function doLabOnMachine(page: Page): Promise<void> {
  const task = (title: string) => page.locator('.task', { hasText: title });
  await page.getByRole('button', { name: 'On this machine' }).click();
  await page.locator('.names li').first().waitFor({ timeout: 20_000 });
  await checkTask(page, 'Switch on four plugins');
  await task('Name one metric').getByRole('button', { name: 'Solve' }).click();
  await checkTask(page, 'Name one metric');
  await sendFromPython(page);
  await checkTask(page, 'Send a beat');
  await task('Count the beats').getByRole('button', { name: 'Solve' }).click();
  await expect
    .poll(
      async () => {
        await task('Count the beats').getByRole('button', { name: 'Check' }).click();
        return task('Count the beats').getAttribute('data-state');
      },
      { timeout: 100_000, interval: 5000 },
    )
    .toBe('done');
}
