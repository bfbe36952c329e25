// A page as slides, in Chromium: with keys alone, with the notes in a second window, and 390 wide by touch.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { itInCi } from '../tools/tier.ts';
import { PYTHON_MS_MAX, usePages } from './pages.ts';
import { seriousFindings } from './reader.ts';

const open = usePages();

const PAGE = 'lessons/closures/two-counters/';
const PHONE = { width: 390, isTouch: true };
/** The button that leads on, whatever it says. */
const next = (page: Page) => page.locator('.slide-foot .primary');

async function titleIs(page: Page, title: string): Promise<void> {
  await expect.poll(() => page.locator('h1').first().innerText()).toBe(title);
}

/** Also the errors of a window that the page opens. */
async function openNotes(page: Page, wrongs: string[]): Promise<Page> {
  const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
  notes.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text());
  });
  notes.on('pageerror', (error) => wrongs.push(error.message));
  await notes.locator('.notes').waitFor();
  return notes;
}

describe('the slides of a page', () => {
  it('are walked through with keys alone, run their program, and mark what it printed', async () => {
    const { page, wrongs } = await open(`${PAGE}?view=slides`);
    await titleIs(page, 'Do two counters share one count?');
    await page.keyboard.press('ArrowRight');
    await titleIs(page, 'Before you run it: what does line 11 print?');
    expect(await page.locator('.slide-options').count()).toBe(0);
    await page.keyboard.press('PageDown');
    expect(await page.locator('.slide-options li').count()).toBe(4);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press(' ');
    await page
      .locator('.slide-options .is-right', { hasText: 'Python printed this' })
      .waitFor({ timeout: PYTHON_MS_MAX });
    expect(await page.locator('.slide-options .is-right code').innerText()).toBe('2 11');
    await page.keyboard.press('ArrowRight');
    await page.locator('.environment').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await titleIs(page, 'The rule');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.environment').waitFor();
    await page.keyboard.press('Home');
    await titleIs(page, 'Do two counters share one count?');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi(
    'let a program be changed and run with Ctrl Enter, where keys belong to the editor',
    async () => {
      const { page, wrongs } = await open(`${PAGE}?view=slides#4`);
      await titleIs(page, 'What does line 11 print now?');
      await page.keyboard.press('ArrowRight');
      await page.locator('.cell[data-state="done"]').waitFor({ timeout: PYTHON_MS_MAX });
      await page.locator('.code').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('print("North, ");print(9)');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => page.getByLabel('Output').innerText()).toBe('North, \n9\n');
      await titleIs(page, 'What does line 11 print now?');
      expect(wrongs).toEqual([]);
      await page.close();
    },
  );

  itInCi('keep what was printed clear of the button beside it', async () => {
    const { page, wrongs } = await open('lessons/decorators/stacked/?view=slides#2');
    const foot = page.locator('.slide-foot .primary');
    for (const label of ['Options', 'Run it', 'Picture']) {
      await expect.poll(() => foot.innerText(), { timeout: PYTHON_MS_MAX }).toContain(label);
      await foot.click();
    }
    const again = page.getByRole('button', { name: 'Run again' });
    // The picture still takes its place while the slide is looked at.
    await expect
      .poll(async () => {
        const output = await page.locator('.slide .output').boundingBox();
        const button = await again.boundingBox();
        return (output?.x ?? Infinity) + (output?.width ?? 0) <= (button?.x ?? 0);
      })
      .toBe(true);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  itInCi('go on to the next page and back, can be blank, and end where the page is', async () => {
    const { page, wrongs } = await open(`${PAGE}?view=slides#end`);
    await page.locator('.slide').waitFor();
    for (let at = 0; !page.url().includes('remembers') && at < 9; at += 1) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(100);
    }
    await titleIs(page, 'A check that remembers');
    // The page has that title before it hears any key.
    await page.locator('.slide').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/two-counters.*#end/);
    await page.locator('.slide').waitFor();
    await page.keyboard.press('b');
    await page.getByRole('button', { name: 'Show the slide again' }).waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.blank-screen').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.waitForURL(/two-counters\/$/);
    await page.getByRole('link', { name: 'Slides' }).waitFor();
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('are led by buttons, and stay inside 390 pixels', async () => {
    const { page, wrongs } = await open(`${PAGE}?view=slides`, PHONE);
    await next(page).tap();
    await next(page).tap();
    await next(page).tap();
    await page.getByText('Python printed this').waitFor({ timeout: PYTHON_MS_MAX });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await next(page).tap();
    await page.locator('.environment').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave the slides' }).tap();
    await page.waitForURL(/two-counters\/$/);
    expect(wrongs).toEqual([]);
    await page.close();
  });
});

describe('the notes beside the slides', () => {
  it('follow, drive, count hands, and go along to the next page', async () => {
    const { page, wrongs } = await open(`${PAGE}?view=slides`);
    const all = [...wrongs];
    await page.locator('.slide').waitFor();
    const notes = await openNotes(page, all);
    await page.keyboard.press('ArrowRight');
    const title = notes.locator('#notes-title');
    await expect.poll(() => title.innerText()).toMatch(/^Before you run it/);
    await notes.getByText('One shared count would give that').waitFor();
    await notes.getByRole('button', { name: 'Reveal: options' }).click();
    await page.locator('.slide-options').waitFor();
    await notes.getByRole('button', { name: 'A: one hand more' }).click();
    await notes.getByRole('button', { name: 'A: one hand more' }).click();
    await notes.getByRole('button', { name: 'B: one hand more' }).click();
    await notes.getByRole('button', { name: 'A: one hand less' }).click();
    await expect
      .poll(() => page.locator('.slide-options .count').allTextContents())
      .toEqual(['1 hand', '1 hand', '0 hands', '0 hands']);
    expect(await seriousFindings(notes)).toEqual([]);
    await notes.keyboard.press('b');
    await page.locator('.blank-screen').waitFor();
    await notes.getByRole('button', { name: 'Show the slide again' }).click();
    await page.locator('.blank-screen').waitFor({ state: 'detached' });
    await notes.keyboard.press('End');
    await notes.keyboard.press('PageDown');
    for (let at = 0; !page.url().includes('remembers') && at < 9; at += 1) {
      await notes.keyboard.press('ArrowRight');
      await page.waitForTimeout(100);
    }
    await expect.poll(() => title.innerText()).toBe('A check that remembers');
    await titleIs(page, 'A check that remembers');
    expect(await notes.locator('.run-sheet tr[aria-current]').innerText()).toMatch(/remembers/);
    await page.close();
    await notes.getByText('No slides answer in this browser').waitFor();
    expect([...wrongs, ...all]).toEqual([]);
    await notes.close();
  });

  itInCi('say in words that the browser blocked them', async () => {
    const { page, wrongs } = await open(`${PAGE}?view=slides`);
    await page.evaluate(() => (globalThis.open = () => null));
    await page.getByRole('button', { name: /^Notes/ }).click();
    await page.locator('.slide-message', { hasText: 'held the notes window back' }).waitFor();
    expect(wrongs).toEqual([]);
    await page.close();
  });
});
