// One digest over every file of a simulated hour, computed with nothing but core: it runs in Node, in an
// older or newer Node, and in a browser's worker, and must be the same everywhere.

import { sha256Hex } from '../../src/core/base/sha256.ts';
import { encodeUtf8 } from '../../src/core/base/text.ts';
import type { WorldFiles } from '../../src/core/world/files.ts';
import { makePageWorld, PAGE_DEFAULTS } from '../../src/lab/page-world.ts';

export const SEED = 7;
const HOUR_MS = 3_600_000;
/** A small world that loses, doubles and reorders packets takes every path of the dice. */
const FAULTS = { loss: 0.05, duplicate: 0.05, delayMsMin: 1, delayMsMax: 40 };
const PACKET_EVERY_MS = 500;

/** The files after an hour of three computers, with packets from a clinic on a bad network. */
export function simulateHour(seed: number): WorldFiles {
  const { world } = makePageWorld({ ...PAGE_DEFAULTS, seed });
  const { clock, net, files } = world;
  net.setFaults(FAULTS);
  const packet = encodeUtf8('clinic.visits:1|c\nclinic.wait:12.5|ms|@0.5\nclinic.room:+1|g\n');
  const endMs = PAGE_DEFAULTS.startMs + HOUR_MS;
  for (let timeMs = PAGE_DEFAULTS.startMs; timeMs < endMs; timeMs += PACKET_EVERY_MS)
    clock.at(timeMs, () => net.send({ host: '127.0.0.1', port: 8125 }, packet));
  clock.run(endMs);
  return files;
}

/** One digest a file, then one of all, so that nothing of the size of the world is put together. */
export function digestOf(files: WorldFiles): string {
  const lines = files.snapshot().map(({ path, bytes }) => `${sha256Hex(bytes)} ${path}\n`);
  return sha256Hex(encodeUtf8(lines.join('')));
}

export function hourDigest(seed: number): string {
  return digestOf(simulateHour(seed));
}
