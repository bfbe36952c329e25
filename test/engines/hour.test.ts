// The simulated host is the real host of the page: an hour from one seed must be the same bytes everywhere.

import { beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../site/reader.ts';
import { tier } from '../tools/tier.ts';
import { hourDigest, SEED } from '../world/hour-digest.ts';
import { bundleHour, type HourBundle } from './bundle.ts';
import { hourInNode, hourInWorker } from './engines.ts';
import { provideNode24 } from './node24.ts';

let bundle: HourBundle;
let expected: string;

beforeAll(async () => {
  bundle = await bundleHour();
  expected = hourDigest(SEED);
});

describe('one seeded hour, one bundle', () => {
  it('is the same in this Node', async () => {
    expect((await hourInNode(process.execPath, bundle)).digest).toBe(expected);
  });

  it('is the same in a worker of Chromium', async () => {
    const browser = await launchBrowser();
    const { digest } = await hourInWorker(browser, bundle).finally(() => browser.close());
    expect(digest).toBe(expected);
  });

  // An installation is too much for every `npm test`.
  it.runIf(tier() !== 'fast')('is the same in Node 24', async () => {
    expect((await hourInNode(await provideNode24(), bundle)).digest).toBe(expected);
  });
});
