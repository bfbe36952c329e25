// The built stack with a folder of its own, and a program in one of its pages, for benches.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../tools/chromium.mjs';
import { root } from '../tools/deps.mjs';

/** Resolves once it is ready: its address, its process id, and a function that ends it. */
export async function startStack() {
  const home = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
  const args = ['dist/stacklab.js', 'up', '--home', home, '--listen', '127.0.0.1:0'];
  const stack = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    stack.stdout.on('data', (text) => {
      const found = /^ready\s+(\S+)/m.exec(String(text))?.[1];
      if (found !== undefined) resolve(found);
    });
    stack.on('exit', (code) => reject(new Error(`the stack ended with code ${code}`)));
  });
  return {
    url,
    pid: stack.pid,
    async end() {
      const ended = new Promise((resolve) => stack.on('exit', resolve));
      stack.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const PYTHON_MS_MAX = 90_000;

/**
 * Opens a page of the stack in Chromium and runs a program in one of its cells. `before` runs in the page before its scripts.
 * A touch screen has the plain text field, so that no editor is measured.
 */
export async function runInPage(url, cell, program, before = () => undefined) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  const context = await browser.newContext({ hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(before);
  await page.goto(url);
  const place = page.locator(`[data-cell="${cell}"]`);
  await place.locator('.code-input').fill(program);
  await place.getByRole('button', { name: /^Run/ }).click();
  await page
    .locator(`[data-cell="${cell}"][data-state="done"]`)
    .waitFor({ timeout: PYTHON_MS_MAX });
  return { browser, page };
}
