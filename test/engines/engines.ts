// Places to run the simulated hour: any Node, and a module worker in Chromium. Each asks the bundle the same.

import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { serveFiles } from '../tools/file-server.ts';
import type { HourBundle } from './bundle.ts';

export interface Hour {
  readonly digest: string;
  /** Milliseconds of each simulated hour, without its digest. */
  readonly durationsMs: readonly number[];
}

const SETTLE_MS = 1500;

/** A module that simulates `times` hours of one seed; `tell` is how it hands over the answer where it runs. */
function program(bundleUrl: string, times: number, tell: string): string {
  return `
    import { digestOf, SEED, simulateHour } from ${JSON.stringify(bundleUrl)};
    const durationsMs = [];
    let files;
    for (let time = 0; time < ${times}; time++) {
      const startMs = performance.now();
      files = simulateHour(SEED);
      durationsMs.push(performance.now() - startMs);
    }
    ${tell}({ digest: digestOf(files), durationsMs });
  `;
}

/** In a process of its own; `binary` is the path of a Node. */
export async function hourInNode(binary: string, bundle: HourBundle, times = 1): Promise<Hour> {
  const url = pathToFileURL(`${bundle.folder}/${bundle.file}`).href;
  const tell = '((answer) => console.log(JSON.stringify(answer)))';
  const args = ['--input-type=module', '--eval', program(url, times, tell)];
  const { stdout } = await promisify(execFile)(binary, args);
  return JSON.parse(stdout) as Hour;
}

export async function hourInWorker(browser: Browser, bundle: HourBundle, times = 1): Promise<Hour> {
  const server = await serveFiles(bundle.folder, '/');
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    // A browser goes on starting processes after a page is there; they would take the worker's time.
    await page.waitForTimeout(SETTLE_MS);
    const url = server.url + bundle.file;
    return await page.evaluate(answerOfWorker, program(url, times, 'postMessage'));
  } finally {
    await page.close();
    await server.end();
  }
}

/** Runs inside the page. */
function answerOfWorker(source: string): Promise<Hour> {
  const file = new Blob([source], { type: 'text/javascript' });
  const worker = new Worker(URL.createObjectURL(file), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Hour>) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
}
