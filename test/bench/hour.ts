// Measures the simulated hour, each time in a new process or worker. The first hour there is what a reader
// waits for; the later ones show what is left once the engine has compiled the code.

import { bundleHour } from '../engines/bundle.ts';
import { hourInNode, hourInWorker, type Hour } from '../engines/engines.ts';
import { launchBrowser } from '../site/reader.ts';

const RUNS = 5;
const HOURS_A_RUN = 3;

export interface Measured {
  readonly where: string;
  readonly hours: readonly Hour[];
}

export async function measure(): Promise<readonly Measured[]> {
  const bundle = await bundleHour();
  const browser = await launchBrowser();
  try {
    const inNode = await times(() => hourInNode(process.execPath, bundle, HOURS_A_RUN));
    const inWorker = await times(() => hourInWorker(browser, bundle, HOURS_A_RUN));
    return [
      { where: `a process of Node ${process.versions.node}`, hours: inNode },
      { where: `a worker of Chromium ${browser.version()}`, hours: inWorker },
    ];
  } finally {
    await browser.close();
  }
}

/** One after the other: side by side they would take each other's time. */
async function times(run: () => Promise<Hour>): Promise<readonly Hour[]> {
  const hours: Hour[] = [];
  while (hours.length < RUNS) hours.push(await run());
  return hours;
}
