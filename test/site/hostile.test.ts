// The worst programs of test/course/hostile, typed into a lesson in real Chromium: each ends, says why, and the
// next program runs. Node's thread has a stack of 32 MB, the browser's worker one of 1 MB: only here it runs out.
// How soon a stop ends them is measured, not tested: test/bench/python.mjs.
//
// A list in lists, some thousand deep, cannot hold: Python's C code goes down into it to print it, and in the end to free
// it, without using the stack that CPython counts (load.ts, capStack). So it ends in a new Python and a true sentence.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partInTier } from '../tools/tier.ts';
import { cell } from './lesson-steps.ts';
import type { OpenPage, RunningStack } from './reader.ts';
import { launchBrowser, openPage, seriousFindings, startStack } from './reader.ts';

/** The first run waits for 13 MB of Python, a run after a restart for a snapshot. */
const PYTHON_MS_MAX = 90_000;
const WAIT_MS = 200;
const DEEP = 'x = []\nfor _ in range(100_000): x = [x]\n';

type State = 'done' | 'error' | 'stopped';
type Program = readonly [
  title: string,
  code: string,
  state: State,
  says: string,
  ends: 'alone' | 'by Stop',
];

const RESTARTED = 'Python gave no answer, so it starts again. Your code is still here.';

// prettier-ignore
const PROGRAMS: readonly Program[] = [
  ['a loop that catches', 'while True:\n  try:\n    while True: pass\n  except: pass', 'stopped', 'The program caught the first stop', 'by Stop'],
  ['a sum in C', 'sum(range(10**12))', 'stopped', RESTARTED, 'by Stop'],
  ['a cache that calls itself', 'from functools import cache\n@cache\ndef f(n): return f(n + 1)\nf(0)', 'error', 'RecursionError', 'alone'],
  ['a deep list as text', `${DEEP}repr(x)`, 'stopped', "used up Python's stack", 'alone'],
  ['a nap', 'import time\ntime.sleep(1000)', 'stopped', 'You stopped it after', 'by Stop'],
  ['a long text', '"x" * 10**10', 'error', 'more items than Python can count here', 'alone'],
  ['much memory', 'x = [0]\nwhile True: x += x', 'error', 'more memory than this Python has: 256 MB', 'alone'],
  ['a deep list as JSON', `${DEEP}import json\njson.dumps(x)`, 'stopped', "used up Python's stack", 'alone'],
  ['a sort that calls itself', 'def f(x): return sorted([x, x], key=f)\nf(1)', 'error', 'The function called itself', 'alone'],
  ['a flood', 'while True:\n  try: print("x")\n  except: pass', 'stopped', 'Stopped: the program printed', 'alone'],
  ['JavaScript', 'import js\njs.fetch("/")', 'error', 'does not reach the JavaScript of the page', 'alone'],
  ['os._exit', 'import os\nos._exit(0)', 'done', 'Finished', 'alone'],
  ['input', 'name = input("name? ")', 'stopped', 'You stopped it after', 'by Stop'],
  ['a regular expression', 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")', 'stopped', 'You stopped it after', 'by Stop'],
  ['no builtins', '__builtins__.__dict__.clear()', 'done', 'Finished', 'alone'],
];

let stack: RunningStack;
let browser: Browser;
let open: OpenPage;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  open = await openPage(browser, stack.url, 'lessons/closures/remembers/');
});

afterAll(async () => {
  await browser.close();
  await stack.end();
});

/** Types the program in one line: the editor would indent the lines of a block once more. */
async function enter(page: Page, code: string): Promise<void> {
  await cell(page, 'checks-by-hand').type('');
  await page.keyboard.insertText(code.includes('\n') ? `exec(${JSON.stringify(code)})` : code);
}

async function runToEnd(page: Page, code: string, state: State, isStopped: boolean): Promise<void> {
  const place = cell(page, 'checks-by-hand');
  await enter(page, code);
  await place.run();
  // A short program may be over before anybody looks.
  if (isStopped) await place.reaches('running', PYTHON_MS_MAX);
  await page.waitForTimeout(WAIT_MS);
  if (isStopped) await place.place.getByRole('button', { name: 'Stop' }).click();
  await place.reaches(state);
}

async function runOn(page: Page): Promise<void> {
  const place = cell(page, 'checks-by-hand');
  await enter(page, 'print("on we go")');
  await place.run();
  await place.reaches('done', PYTHON_MS_MAX);
  expect(await place.place.getByLabel('Output').innerText()).toContain('on we go');
}

describe('hostile programs in a lesson', () => {
  it('starts with a program that runs', () => runOn(open.page));

  it.each(partInTier(PROGRAMS, 4))(
    'ends %s, says why, and runs on',
    async (_, code, state, says, ends) => {
      await runToEnd(open.page, code, state, ends === 'by Stop');
      const said = await cell(open.page, 'checks-by-hand').place.innerText();
      expect(said).toContain(says);
      await runOn(open.page);
    },
  );

  it('leaves a page without errors and without barriers', async () => {
    expect(await seriousFindings(open.page)).toEqual([]);
    expect(open.wrongs).toEqual([]);
  });
});
