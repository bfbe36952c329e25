// A reader's answer gets the same verdict in the browser's worker as in the thread that `check` uses.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { gradingOf } from '../../src/lesson/lesson-model.ts';
import { exercisesOf, programsOf, readCatalogue } from '../course/catalogue.ts';
import { startPython } from '../course/thread.ts';
import { partInTier } from '../tools/tier.ts';
import { openPythonPage, type PythonPage } from './python-page.ts';
import { launchBrowser } from './reader.ts';

const exercises = partInTier(readCatalogue().flatMap(exercisesOf), 5);

let browser: Browser;
let page: PythonPage;
let node: Python;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await openPythonPage(browser);
  node = await startPython();
});

afterAll(async () => {
  node.close();
  await page.end();
  await browser.close();
});

describe('the catalogue in Chromium', () => {
  it.each(exercises)('grades $id as Node does', async (block) => {
    for (const [name, answer] of programsOf(block)) {
      const [{ code }, options] = [answer, gradingOf(block, answer)];
      const expected = (await node.grade(code, block.tests, options)).verdict.signature;
      const inPage = await page.signature(code, block.tests, options);
      expect(`${name}: ${inPage}`).toBe(`${name}: ${expected}`);
    }
  });
});
