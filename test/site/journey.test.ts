// What a reader does, in real Chromium on the built program: dashboard, lab in both places, phone.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../dist/stacklab.js', import.meta.url));
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let stack: ChildProcess;
let browser: Browser;
let url = '';
const home = mkdtempSync(join(tmpdir(), 'stacklab-'));

beforeAll(async () => {
  stack = spawn(process.execPath, [program, 'up', '--home', home, '--listen', '127.0.0.1:0']);
  url = await new Promise((resolve, reject) => {
    let said = '';
    stack.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /^ready\s+(\S+)/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    stack.on('exit', () => reject(new Error(`The stack ended: ${said}`)));
  });
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
});

afterAll(async () => {
  await browser.close();
  const ended = new Promise((resolve) => stack.on('exit', resolve));
  stack.kill('SIGTERM');
  await ended;
  rmSync(home, { recursive: true, force: true });
});

/** Opens a page; `wrongs` collects every console error and failed request until it is closed. */
async function open(path: string, width = 1280): Promise<{ page: Page; wrongs: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const wrongs: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:'))
      wrongs.push(`asked another origin: ${request.url()}`);
  });
  await page.goto(url + path);
  return { page, wrongs };
}

/** Serious and critical findings of axe, by rule. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

describe('a reader in Chromium', () => {
  it('finds the lab and the dashboard from the home page', async () => {
    const { page, wrongs } = await open('');
    expect(await page.getByRole('link', { name: 'First heartbeat' }).getAttribute('href')).toBe(
      'labs/first-heartbeat/',
    );
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'See the live dashboard' }).click();
    await page.getByRole('heading', { name: 'Host overview' }).waitFor();
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('reads real numbers of this machine on the dashboard within 15 s', async () => {
    const { page, wrongs } = await open('dashboards/host/?refresh=5s');
    const memory = page.getByRole('region', { name: 'Memory' });
    await memory.getByRole('button', { name: 'used' }).waitFor({ timeout: 15_000 });
    expect(await memory.locator('tbody tr').first().innerText()).toMatch(/\d [KMGT]iB/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('does every task of the lab in the page', async () => {
    const { page, wrongs } = await open('labs/first-heartbeat/');
    const task = (title: string) => page.locator('.task', { hasText: title });
    await page.getByRole('button', { name: 'Use this file' }).waitFor();
    await task('Switch on four plugins').getByRole('button', { name: 'Solve' }).click();
    await page.getByRole('button', { name: '60×' }).click();
    await expect
      .poll(() => page.locator('.names li').count(), { timeout: 20_000 })
      .toBeGreaterThan(10);
    await page.waitForTimeout(4000);
    for (const title of ['Switch on four plugins', 'Name one metric', 'Count the beats']) {
      const one = task(title);
      if (title !== 'Switch on four plugins')
        await one.getByRole('button', { name: 'Solve' }).click();
      await one.getByRole('button', { name: 'Check' }).click();
      await expect.poll(() => one.getAttribute('data-state'), { timeout: 10_000 }).toBe('done');
    }
    await page.getByRole('textbox', { name: 'Packet' }).fill('clinic.visits:1|c');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => page.getByTestId('counters').innerText(), { timeout: 15_000 })
      .toContain('clinic.visits');
    await task('Send a beat').getByRole('button', { name: 'Check' }).click();
    await expect
      .poll(() => task('Send a beat').getAttribute('data-state'), { timeout: 10_000 })
      .toBe('done');
    await page.reload();
    await page.locator('.task').first().waitFor();
    expect(await page.locator('.task[data-state="done"]').count()).toBe(4);
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it('sends a packet to the real StatsD and sees it one flush later', async () => {
    const { page, wrongs } = await open('labs/first-heartbeat/');
    await page.getByRole('button', { name: 'On this machine' }).click();
    await page.getByRole('textbox', { name: 'Packet' }).fill('clinic.visits:1|c');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => page.getByTestId('counters').innerText(), { timeout: 20_000 })
      .toContain('clinic.visits 1');
    expect(wrongs).toEqual([]);
    await page.close();
  });

  it.each(['', 'dashboards/host/', 'labs/first-heartbeat/'])(
    'reads /%s on a phone without scrolling sideways',
    async (path) => {
      const { page, wrongs } = await open(path, 390);
      await page.waitForTimeout(1500);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      expect(wrongs).toEqual([]);
      await page.close();
    },
  );
});
