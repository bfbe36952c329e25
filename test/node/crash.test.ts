// Carbon is killed at any moment, or one of its disks is full: what it accepted is in the files when it runs again.
//
//   lines --> carbon ---- SIGKILL
//                         carbon again --> files      everything that was read 100 ms before the kill

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { CARBON_DEFAULTS } from '../../src/core/carbon/config.ts';
import { makeTree, type Tree } from '../../src/core/whisper/tree.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { timesInTier } from '../tools/tier.ts';
import {
  canMount,
  crashPlace,
  KILLS_DIVISOR_CI,
  removeFiller,
  send,
  setFiller,
  type Point,
} from './crash-place.ts';
import { eventually, portOf } from './program.ts';

const SEED = 20_261_129;
const KILLS_FULL = 200;
const KILL_MS_MAX = 20_000;
const METRICS = 300;
const BATCH_LINES = 500;
/** Seconds that the points are spread over. */
const SPAN_S = 3000;

const { data, state, mount, startCarbon } = crashPlace();

/** The values of a metric in the files, by time. */
function valuesIn(tree: Tree, metric: string): ReadonlyMap<number, number> {
  const nowS = Math.floor(Date.now() / 1000);
  const read = tree.read(metric, nowS - 7100, nowS, nowS);
  if (!read.ok) throw new Error(read.why);
  const { start: first = 0, step = 1, values = [] } = read.value ?? {};
  return new Map(Array.from(values, (value, at) => [first + at * step, value]));
}

const kills = timesInTier(KILLS_FULL, KILLS_DIVISOR_CI);
it(
  `loses nothing that was accepted long enough before one of ${kills} kills (seed ${SEED})`,
  { timeout: kills * KILL_MS_MAX },
  async () => {
    const random = makeRandom(SEED);
    const base = Math.floor(Date.now() / 1000) - 3600;
    /** The newest value that must be there, by metric and second; 0 for none. */
    const safe = new Float64Array(METRICS * SPAN_S);
    const placeOf = (metric: number, time: number): number => metric * SPAN_S + time - base;
    let sent = 0;
    let carbon = await startCarbon();
    for (let kill = 0; kill < kills; kill++) {
      const port = portOf(carbon.ready, 'line');
      const batches: { readonly points: readonly Point[]; readonly atMs: number }[] = [];
      const endMs = performance.now() + 50 + random.below(600);
      while (performance.now() < endMs) {
        const points = Array.from({ length: BATCH_LINES }, () => {
          sent++;
          const time = base + (Math.floor(sent / METRICS) % SPAN_S);
          return { metric: `m.${random.below(METRICS)}`, time, value: sent };
        });
        expect(await send(port, points)).toBe(true);
        batches.push({ points, atMs: performance.now() });
      }
      const safeMs = performance.now() - CARBON_DEFAULTS.journalSyncMs;
      await carbon.kill();
      for (const { points, atMs } of batches)
        for (const { metric, time, value } of atMs <= safeMs ? points : [])
          safe[placeOf(Number(metric.slice(2)), time)] = value;
      carbon = await startCarbon();
    }
    expect((await carbon.stop()).code).toBe(0);

    const tree = makeTree(makeNodeFiles(data(), 'r'));
    let found = 0;
    for (let metric = 0; metric < METRICS; metric++) {
      const stored = valuesIn(tree, `m.${metric}`);
      for (let time = base; time < base + SPAN_S; time++) {
        const wanted = safe[placeOf(metric, time)] ?? 0;
        if (wanted === 0) continue;
        found++;
        // A later value for the slot may have come in the last moment, which is no loss.
        const value = stored.get(time) ?? NaN;
        if (!(value > wanted)) expect([metric, time, value]).toEqual([metric, time, wanted]);
      }
    }
    expect(found).toBeGreaterThan(kills * 100);
    expect(readdirSync(join(data(), 'm')).every((name) => /^\d+\.wsp$/.test(name))).toBe(true);
    expect(readdirSync(join(state(), 'journal'))).toEqual([]);
  },
);

// Without the right to mount, no disk of one megabyte can be made.
it.skipIf(!canMount())(
  'waits while its disk is full, keeps what it has through a kill, and goes on when there is room',
  { timeout: 60_000 },
  async () => {
    mount(data(), '1m');
    setFiller(data(), 900_000);
    const time = Math.floor(Date.now() / 1000) - 60;
    const points = Array.from({ length: 60 }, (_, i) => ({ metric: `m${i}.x`, time, value: i }));

    let carbon = await startCarbon();
    expect(await send(portOf(carbon.ready, 'line'), points)).toBe(true);
    await eventually(() => (carbon.err().includes('The disk is full') ? true : null));
    await wait(2 * CARBON_DEFAULTS.journalSyncMs);
    await carbon.kill();
    carbon = await startCarbon();
    await eventually(() => (carbon.err().includes('The disk is full') ? true : null));
    removeFiller(data());
    const tree = makeTree(makeNodeFiles(data(), 'r'));
    const isThere = ({ metric, value }: Point): boolean =>
      valuesIn(tree, metric).get(time) === value;
    await eventually(() => (points.every(isThere) ? true : null));
    await eventually(() => (carbon.err().includes('The disk has room again.') ? true : null));
    expect((await carbon.stop()).code).toBe(0);
    const names = points.map(({ metric }) => metric.slice(0, -2)).sort();
    expect(readdirSync(data()).sort()).toEqual(names);
    for (const name of names) expect(readdirSync(join(data(), name))).toEqual(['x.wsp']);
  },
);

// Without the right to mount, no small disk can be made.
it.skipIf(!canMount())(
  'reads nothing while the disk of its journal is full, and goes on when there is room',
  { timeout: 60_000 },
  async () => {
    mount(state(), '16m');
    const tree = makeTree(makeNodeFiles(data(), 'r'));
    const time = Math.floor(Date.now() / 1000) - 60;
    // More than the last block of the journal has room for.
    const pointsOf = (batch: number): readonly Point[] =>
      Array.from({ length: 500 }, (_, i) => ({
        metric: `m${i % 50}.x`,
        time: time - i,
        value: batch,
      }));
    const areThere = (points: readonly Point[]): boolean =>
      points.every((each) => valuesIn(tree, each.metric).get(each.time) === each.value);

    let carbon = await startCarbon();
    const port = portOf(carbon.ready, 'line');
    expect(await send(port, pointsOf(1))).toBe(true);
    await eventually(() => areThere(pointsOf(1)) || null);
    setFiller(state(), Infinity);
    expect(await send(port, pointsOf(2))).toBe(true);
    await eventually(() => carbon.err().includes('Senders wait') || null);
    // What is on its way when the disk is full is read still; this is more.
    const isRead = send(port, Array.from({ length: 200 }, () => pointsOf(3)).flat());
    expect(await Promise.race([isRead, wait(1000, 'waits')])).toBe('waits');
    removeFiller(state());
    expect(await isRead).toBe(true);
    await eventually(() => carbon.err().includes('The journal takes points again.') || null);
    await wait(2 * CARBON_DEFAULTS.journalSyncMs);
    await carbon.kill();
    carbon = await startCarbon();
    await eventually(() => areThere(pointsOf(3)) || null);
    expect((await carbon.stop()).code).toBe(0);
    expect(readdirSync(join(state(), 'journal'))).toEqual([]);
  },
);
