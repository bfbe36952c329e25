// What the journeys share: the running program, a browser, and pages that remember everything that went wrong.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { NO_PROGRESS } from '../../src/lab/progress.ts';

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

/** Just installed, Chromium comes from a cold disk. */
const START_MS_MAX = 90_000;

export interface OpenPage {
  readonly page: Page;
  /** Console errors, exceptions, broken policies and requests to other origins, as they come. */
  readonly wrongs: readonly string[];
}

export interface OpenOptions {
  readonly width?: number;
  readonly isTouch?: boolean;
  /** A context that knows Python from a page before; without it the page gets one of its own. */
  readonly context?: BrowserContext;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: FLAGS,
    timeout: START_MS_MAX,
  });
}

/** What the page before kept in this browser is not this reader's. */
async function forgetReader(context: BrowserContext, root: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${root}stacklab/status`);
  await page.evaluate(() => localStorage.clear());
  await page.close();
}

export function newContext(
  browser: Browser,
  { width = 1280, isTouch = false }: OpenOptions,
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 900 },
    hasTouch: isTouch,
    isMobile: isTouch,
  });
}

/** Opens a page of the site at `root` in a context of its own, so that no progress is left from another test. */
export async function openPage(
  browser: Browser,
  root: string,
  path: string,
  options: OpenOptions = {},
): Promise<OpenPage> {
  const context = options.context ?? (await newContext(browser, options));
  if (options.context !== undefined) await forgetReader(context, root);
  const page = await context.newPage();
  const wrongs: string[] = [];
  const origin = new URL(root).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== 'blob:' && protocol !== 'data:')
      wrongs.push(`asked another origin: ${request.url()}`);
  });
  await page.goto(root + path);
  return { page, wrongs };
}

/** A page of a stack that knows nothing of readers before: it keeps a copy of their progress. */
export async function openFresh(
  browser: Browser,
  stack: RunningStack,
  path: string,
  options?: OpenOptions,
): Promise<OpenPage> {
  const answer = await fetch(`${stack.url}stacklab/progress`, {
    method: 'PUT',
    body: JSON.stringify(NO_PROGRESS),
  });
  if (!answer.ok) throw new Error(`The stack keeps its progress: ${await answer.text()}`);
  return openPage(browser, stack.url, path, options);
}

/** Serious and critical findings of axe, by rule. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
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

export interface RunningStack {
  readonly url: string;
  end(): Promise<void>;
}

/** `stacklab up` on free ports, with a folder of its own. */
export async function startStack(): Promise<RunningStack> {
  const home = mkdtempSync(join(tmpdir(), 'stacklab-'));
  const args = [program, 'up', '--home', home, '--listen', '127.0.0.1:0'];
  const stack: ChildProcess = spawn(process.execPath, args);
  const ended = new Promise((resolve) => stack.on('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    stack.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /^ready\s+(\S+)/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    stack.on('exit', () => reject(new Error(`The stack ended: ${said}`)));
  });
  return {
    url,
    async end() {
      stack.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
