// `npm run dev` with an author who saves: what an open page shows, and what becomes of what was typed in it.

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDev, type Dev } from '../../site/build/dev.ts';
import { tier } from '../tools/tier.ts';
import { launchBrowser, openPage, type OpenPage } from './reader.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Loads, renders and reloads on a busy machine; test/bench/README.md has the usual time. */
const SAVED_MS_MAX = 30_000;
const CHECKED_MS_MAX = 60_000;
const PAGE = 'lessons/closures/two-counters/';

// Skipped in `npm test`: it renders and checks for most of a minute. CI and the soak do it.
describe.skipIf(tier() === 'fast')('npm run dev', () => {
  const said: string[] = [];
  let content: string;
  let lesson: string;
  let before: string;
  let dev: Dev;
  let browser: Browser;

  beforeAll(async () => {
    content = `${mkdtempSync(join(tmpdir(), 'stacklab-dev-'))}/`;
    for (const name of ['lessons', 'labs'])
      cpSync(root + name, content + name, { recursive: true });
    // A lesson shows a part of our own code.
    symlinkSync(`${root}src`, `${content}src`);
    lesson = `${content}lessons/07-closures/lesson.md`;
    before = readFileSync(lesson, 'utf8');
    const say = (line: string): void => void said.push(line);
    [dev, browser] = await Promise.all([
      startDev({ root, content, record: false, port: 0, say }),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await dev.close();
    rmSync(content, { recursive: true, force: true });
  });
  afterEach(() => writeFileSync(lesson, before));

  const open = (): Promise<OpenPage> => openPage(browser, dev.url, PAGE);
  const save = (from: string, to: string): void => {
    expect(before).toContain(from);
    writeFileSync(lesson, before.replace(from, to));
  };
  const bar = (page: Page) => page.locator('#dev-findings');

  it('shows a save at once, at the same place of the page, with what was typed', async () => {
    const { page, wrongs } = await open();
    const cell = page.locator('[data-cell="counters"]');
    await cell.locator('.code-input').focus();
    await cell.locator('.monaco-editor').waitFor({ timeout: 20_000 });
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  # mine');
    await page.evaluate(() => scrollTo(0, 321));
    save('Two wards want a counter each.', 'Three wards want a counter each.');
    await page.getByText('Three wards want').waitFor({ timeout: SAVED_MS_MAX });
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(321);
    await expect.poll(() => cell.locator('.code-lines').innerText()).toContain('# mine');
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('says what check finds, with its line, in the page and in the terminal', async () => {
    const { page } = await open();
    const record = `${content}lessons/07-closures/recorded.json`;
    const recorded = readFileSync(record, 'utf8');
    const head = 'steps-to="ward_a()"\ndef make_counter(count):\n';
    save(head, `${head}    count = count + 5\n`);
    const program = page.locator('[data-cell="counters"] .code-lines');
    await expect.poll(() => program.innerText(), { timeout: SAVED_MS_MAX }).toContain('count + 5');
    await expect
      .poll(() => bar(page).innerText(), { timeout: CHECKED_MS_MAX })
      .toMatch(/lesson\.md:\d+: shared-count: the right option is 2 11, but Python prints 7 16/);
    expect(said.join('\n')).toMatch(/lesson\.md:\d+: shared-count: the right option/);
    // What the page shows came from that run; the record is not touched.
    expect(await (await fetch(dev.url + PAGE)).text()).toContain('7 16');
    expect(readFileSync(record, 'utf8')).toBe(recorded);
    await page.context().close();
  });

  it('keeps the page when a lesson is broken, says where, and recovers with the next save', async () => {
    const { page, wrongs } = await open();
    save('view=environment', 'view=nonsense');
    await expect
      .poll(() => bar(page).innerText(), { timeout: SAVED_MS_MAX })
      .toMatch(/lessons\/07-closures\/lesson\.md:\d+: .*nonsense/);
    expect(await page.getByText('Two wards want a counter each.').isVisible()).toBe(true);
    // Whoever comes now sees the last good page, and the same words.
    const other = await open();
    await expect.poll(() => bar(other.page).innerText()).toContain('nonsense');
    save('Two wards want a counter each.', 'Four wards want a counter each.');
    await page.getByText('Four wards want').waitFor({ timeout: SAVED_MS_MAX });
    await expect.poll(() => bar(page).isVisible()).toBe(false);
    expect(wrongs).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });

  it('starts with a broken lesson too, and shows the page when it is whole', async () => {
    writeFileSync(lesson, before.replace('view=environment', 'view=nonsense'));
    const say = (): void => undefined;
    const late = await startDev({ root, content, record: false, port: 0, say });
    const { page, wrongs } = await openPage(browser, late.url, PAGE);
    await expect.poll(() => bar(page).innerText(), { timeout: SAVED_MS_MAX }).toContain('nonsense');
    writeFileSync(lesson, before);
    await page.getByText('Two wards want a counter each.').waitFor({ timeout: SAVED_MS_MAX });
    expect(wrongs).toEqual([]);
    await page.context().close();
    await late.close();
  });
});
