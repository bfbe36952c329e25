// From the save of a lesson.md to its words in an open page, with `npm run dev`: in Chromium, on a copy of the lessons.
//
//   npm run build && node test/bench/dev.mjs

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';
import { findChromium } from '../tools/chromium.mjs';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const TIMES = 10;
const TEXT = 'Two wards want a counter each.';
/** Longer than the check of the save before waits: it is ended by the next one. */
const PAUSE_MS = 500;

const content = `${mkdtempSync(join(tmpdir(), 'stacklab-dev-'))}/`;
for (const name of ['lessons', 'labs'])
  cpSync(join(root, name), content + name, { recursive: true });
// A lesson shows a part of our own code.
symlinkSync(join(root, 'src'), join(content, 'src'));
const lesson = `${content}lessons/07-closures/lesson.md`;
const before = readFileSync(lesson, 'utf8');

const { module } = await runnerImport(join(root, 'site/build/dev.ts'), { root, configFile: false });
const dev = await module.startDev({ root, content, record: false, port: 0, say: () => undefined });
const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
await page.goto(`${dev.url}lessons/closures/two-counters/`);
await page.getByText(TEXT).waitFor();

const tookMs = [];
for (let time = 0; time <= TIMES; time += 1) {
  await page.waitForTimeout(PAUSE_MS);
  const began = performance.now();
  writeFileSync(lesson, before.replace(TEXT, `Save ${time}.`));
  await page.getByText(`Save ${time}.`, { exact: false }).waitFor();
  // The first one warms the renderer.
  if (time > 0) tookMs.push(performance.now() - began);
}
const figure = `${median(tookMs).toFixed(0)} ms, slowest ${Math.max(...tookMs).toFixed(0)} ms`;
console.log(`save to visible: ${figure} (median of ${TIMES}; ${machine()})`);
await browser.close();
await dev.close();
rmSync(content, { recursive: true, force: true });
process.exit(0);
