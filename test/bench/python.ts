// Measures Python in Chromium, through the client that the site uses. See python.mjs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { gradingOf } from '../../src/lesson/lesson-model.ts';
import type { GradeOptions, Python } from '../../src/python/client.ts';
import type { CheckTest } from '../../src/python/messages.ts';
import { exercisesOf, readCatalogue } from '../course/catalogue.ts';
import { bundlePythonPage } from '../site/python-page.ts';
import { launchBrowser } from '../site/reader.ts';
import { serveFiles } from '../tools/file-server.ts';

const ROUNDS = 5;

/** What a learner may have to stop, each of another kind. */
const ENDLESS = [
  'while True: pass',
  'while True:\n  try:\n    while True: pass\n  except: pass',
  'sum(range(10**12))',
  'import time\ntime.sleep(1000)',
  'input()',
];
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A worker with nothing but Pyodide: what everybody can have. */
const PLAIN_WORKER = `
import { loadPyodide } from './py/pyodide.mjs';
await loadPyodide({ indexURL: new URL('py/', self.location.href).href });
self.postMessage('ready');
`;

interface Measured {
  readonly plain: readonly number[];
  readonly first: readonly number[];
  readonly later: readonly number[];
  readonly restart: readonly number[];
  readonly stops: Readonly<Record<string, readonly number[]>>;
  readonly gradings: readonly number[];
}

export async function measure(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
  await bundlePythonPage(folder);
  writeFileSync(join(folder, 'plain.js'), PLAIN_WORKER);
  const [bare, isolated] = await Promise.all([
    serveFiles(folder, '/'),
    serveFiles(folder, '/', ISOLATED),
  ]);
  const browser = await launchBrowser();
  try {
    return await measureWith(browser, bare.url, isolated.url);
  } finally {
    await browser.close();
    await Promise.all([bare.end(), isolated.end()]);
    rmSync(folder, { recursive: true });
  }
}

async function measureWith(browser: Browser, bare: string, isolated: string): Promise<Measured> {
  const plain: number[] = [];
  const first: number[] = [];
  const later: number[] = [];
  const restart: number[] = [];
  const stops: Record<string, number[]> = {};
  const stopAll = async (page: Page, where: string): Promise<void> => {
    for (const code of ENDLESS) {
      const { stopMs, againMs } = await page.evaluate(stopInPage, code);
      (stops[`${JSON.stringify(code)}, ${where}`] ??= []).push(stopMs);
      if (where !== 'isolated' && code === ENDLESS[0]) restart.push(againMs);
    }
  };
  let gradings: readonly number[] = [];
  // The peer and ours take turns, each in a context that has seen nothing before.
  for (let round = 0; round < ROUNDS; round++) {
    await inContext(browser, async (context) => {
      const page = await open(context, bare);
      plain.push(await page.evaluate(plainInPage));
    });
    await inContext(browser, async (context) => {
      const page = await open(context, bare);
      first.push(await page.evaluate(readyInPage));
      await page.evaluate(keptInPage);
      await page.close();
      const again = await open(context, bare);
      later.push(await again.evaluate(readyInPage));
      await stopAll(again, 'without shared memory');
    });
    await inContext(browser, async (context) => {
      const page = await open(context, isolated);
      await page.evaluate(readyInPage);
      await stopAll(page, 'isolated');
      if (round === 0) gradings = await page.evaluate(gradeInPage, solutions());
    });
  }
  return { plain, first, later, restart, stops, gradings };
}

async function inContext(
  browser: Browser,
  act: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext();
  await act(context);
  await context.close();
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('globalThis.python !== undefined');
  return page;
}

interface Graded {
  readonly code: string;
  readonly tests: readonly CheckTest[];
  readonly options: GradeOptions;
}

/** Every exercise of the catalogue with its solution. */
function solutions(): readonly Graded[] {
  return readCatalogue()
    .flatMap(exercisesOf)
    .map((block) => {
      const { solution, tests } = block;
      return { code: solution.code, tests, options: gradingOf(block, solution) };
    });
}

// What follows runs inside the page, each function by itself.

async function plainInPage(): Promise<number> {
  const began = performance.now();
  const worker = new Worker('plain.js', { type: 'module' });
  await new Promise((resolve) => worker.addEventListener('message', resolve));
  worker.terminate();
  return performance.now() - began;
}

async function readyInPage(): Promise<number> {
  const { python } = globalThis as unknown as { readonly python: Python };
  const began = performance.now();
  await python.start();
  return performance.now() - began;
}

/** The snapshot is written while the reader reads. */
async function keptInPage(): Promise<void> {
  const kept = async (): Promise<number> =>
    (await (await caches.open('stacklab-python')).keys()).length;
  while ((await kept()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Stops an endless program, and says how long that takes, and how long until the next program has run. */
async function stopInPage(code: string): Promise<{ stopMs: number; againMs: number }> {
  const { python } = globalThis as unknown as { readonly python: Python };
  await python.run('print(1)');
  // The spare comes up meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const started = new Promise<void>((resolve) => {
    const options = { onStart: () => setTimeout(resolve, 200), onAsk: () => {} };
    void python.run(code, options).then(() => {
      stopMs = performance.now() - pressed;
    });
  });
  let stopMs = 0;
  await started;
  const pressed = performance.now();
  python.stop();
  await python.run('print(1)');
  return { stopMs, againMs: performance.now() - pressed };
}

async function gradeInPage(exercises: readonly Graded[]): Promise<readonly number[]> {
  const { python } = globalThis as unknown as { readonly python: Python };
  const tookMs: number[] = [];
  for (const { code, tests, options } of exercises) {
    const began = performance.now();
    const { verdict } = await python.grade(code, tests, options);
    if (!verdict.passed) throw new Error(`A solution fails: ${code}`);
    tookMs.push(performance.now() - began);
  }
  return tookMs;
}
