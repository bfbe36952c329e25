// From pressing Run to the end of `print(1)`, in a page in which Python is warm, in Chromium.
//
//   npm run build && node test/bench/second-run.mjs

import { chromium } from 'playwright-core';
import { findChromium } from '../tools/chromium.mjs';
import { machine, median } from './figures.mjs';
import { startStack } from './stack.mjs';

const RUNS = 20;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const stack = await startStack();
const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
try {
  // A touch screen has the plain text field, so that no editor is measured.
  const context = await browser.newContext({ hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${stack.url}lessons/closures/remembers/`);
  const cell = page.locator('[data-cell="checks-by-hand"]');
  await cell.locator('.code-input').fill('print(1)');
  await cell.getByRole('button', { name: /^Run/ }).click();
  await page
    .locator('[data-cell="checks-by-hand"][data-state="done"]')
    .waitFor({ timeout: 90_000 });
  const runs = [];
  for (let run = 0; run < RUNS; run++)
    runs.push(
      await page.evaluate(async () => {
        const place = document.querySelector('[data-cell="checks-by-hand"]');
        const button = place.querySelector('.cell-head .button:last-child');
        const began = performance.now();
        button.click();
        await new Promise((resolve) => {
          const seen = new MutationObserver(() => {
            if (place.dataset.state !== 'done') return;
            seen.disconnect();
            resolve();
          });
          seen.observe(place, { attributes: true });
        });
        return performance.now() - began;
      }),
    );
  console.log(
    `second Run of print(1): ${median(runs).toFixed(1)} ms (median of ${RUNS}; ${machine()})`,
  );
} finally {
  await browser.close();
  await stack.end();
}
