// A program that asks while it runs: with shared memory, with its stack put aside, and in a browser with neither.

import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFiles, type FileServer } from '../tools/file-server.ts';
import { launchBrowser, openFresh, openPage, startStack, type RunningStack } from './reader.ts';

const site = fileURLToPath(new URL('../../dist/site', import.meta.url));
const PATH = 'lessons/every-kind/asks/';

let browser: Browser;
let stack: RunningStack;
let bare: FileServer;

beforeAll(async () => {
  [stack, bare, browser] = await Promise.all([
    startStack(),
    serveFiles(site, '/'),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await Promise.all([stack.end(), bare.end()]);
});

async function type(page: Page, line: string): Promise<void> {
  const field = page.getByLabel('The program waits for a line');
  await field.waitFor({ timeout: 60_000 });
  // It has the focus: a reader goes on typing.
  await page.waitForFunction(() => document.activeElement?.closest('.ask-line') !== null);
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function talk(page: Page): Promise<void> {
  const cell = page.locator('[data-cell="ask-name"]');
  await cell.getByRole('button', { name: 'Run' }).click();
  await type(page, 'Ada');
  await type(page, '2');
  await cell.getByText('Finished').waitFor();
  const output = await cell.getByLabel('Output').innerText();
  expect(output).toBe('Who is there? Ada\nHow often? 2\nHello Ada, 1\nHello Ada, 2\n');
}

/** A stop while it waits, the end of the input, and a run after both. */
async function stopAndEnd(page: Page): Promise<void> {
  const cell = page.locator('[data-cell="ask-name"]');
  await cell.getByRole('button', { name: 'Run again' }).click();
  await page.getByLabel('The program waits for a line').waitFor();
  await cell.getByRole('button', { name: 'Stop' }).click();
  await cell.getByText('You stopped it').waitFor();
  await cell.getByRole('button', { name: 'Run again' }).click();
  await cell.getByRole('button', { name: 'End the input' }).click();
  await cell.getByText('EOFError').waitFor();
  await talkAgain(page);
}

async function talkAgain(page: Page): Promise<void> {
  await page.locator('[data-cell="ask-name"]').getByRole('button', { name: 'Run again' }).click();
  await type(page, 'Ben');
  await type(page, '1');
  await page.getByText('Hello Ben, 1').waitFor();
}

describe('input()', () => {
  it('waits for the reader where memory is shared', async () => {
    const { page, wrongs } = await openFresh(browser, stack, PATH);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await talk(page);
    await stopAndEnd(page);
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('waits for the reader with its stack put aside, on a host without headers, 390 wide', async () => {
    const { page, wrongs } = await openPage(browser, bare.url, PATH, { width: 390, isTouch: true });
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
    await talk(page);
    await stopAndEnd(page);
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  it('is asked for before the run where a browser can do neither', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => Reflect.deleteProperty(WebAssembly, 'Suspending'));
    const page = await context.newPage();
    await page.goto(bare.url + PATH);
    const cell = page.locator('[data-cell="ask-name"]');
    await cell.getByLabel('Lines for input() in hello.py').fill('Ada\n1');
    await cell.getByRole('button', { name: 'Run' }).click();
    await cell.getByText('Hello Ada, 1').waitFor({ timeout: 60_000 });
    await context.close();
  });
});
