// Carbon is killed again and again while its disk is full most of the time: what it accepted is in the files once there is
// room.
//
//   lines ------> carbon ------> | files | filler        | a small disk
//                   |   SIGKILL  the filler grows and shrinks at any moment
//                   '----------> journal                  on another disk
//
// While the disk is full Carbon does not read, and what it did not read it need not have.

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { CARBON_DEFAULTS } from '../../src/core/carbon/config.ts';
import { aggregate } from '../../src/core/whisper/aggregate.ts';
import { fileSizeBytes } from '../../src/core/whisper/format.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { storedFile, type StoredFile } from '../tools/stored-file.ts';
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
import { portOf, type Running } from './program.ts';

const SEED = 20_261_131;
const KILLS_FULL = 200;
const KILL_MS_MAX = 20_000;
const SENDERS = 2;
const BATCH_LINES = 40;
const SEND_MS_MAX = 150;
/** Metrics that get points all the time; beside them there are ever new ones, of a few points each. */
const KNOWN = 10;
const NEW_PART = 0.1;
const NEW_S = 10;
/** Seconds that the points of a metric are spread over. */
const SPAN_S = 3000;
const DISK_BYTES = 2 * 1024 * 1024;
const ROOM = 'size=1g';
/** How long a load lasts, and how long the filler stays as it is. */
const LOAD_MS_MIN = 50;
const LOAD_MS_RANGE = 800;
const FILLER_MS_RANGE = 200;

const place = crashPlace();
const { data, state, startCarbon } = place;

interface Load {
  readonly random: Random;
  readonly base: number;
  sent: number;
  /** By metric and second, whether it was accepted long enough before a kill or not. */
  readonly all: Map<string, Map<number, number>>;
  readonly safe: Point[];
}

const kills = timesInTier(KILLS_FULL, KILLS_DIVISOR_CI);
// Without the right to mount, no small disk can be made.
it.skipIf(!canMount())(
  `loses nothing that was accepted long enough before one of ${kills} kills on a full disk (seed ${SEED})`,
  { timeout: kills * KILL_MS_MAX },
  async () => {
    place.mount(data(), String(DISK_BYTES));
    const base = Math.floor(Date.now() / 1000) - 3600;
    const load: Load = { random: makeRandom(SEED), base, sent: 0, all: new Map(), safe: [] };
    let fullRounds = 0;
    for (let kill = 0; kill < kills; kill++) {
      const carbon = await startCarbon();
      await loadUntilKilled(load, carbon);
      if (carbon.err().includes('The disk is full')) fullRounds++;
    }
    // The last one finds the disk full, and then there is room while it runs.
    setFiller(data(), Infinity);
    const carbon = await startCarbon();
    removeFiller(data());
    execFileSync('mount', ['-o', `remount,${ROOM}`, data()]);
    const { code, err } = await carbon.stop();
    expect([code, err]).toEqual([0, expect.not.stringContaining('corrupt')]);
    expectStored(load);
    expect(readdirSync(join(state(), 'journal'))).toEqual([]);
    expect(fullRounds).toBeGreaterThan(kills / 2);
  },
);

/** Sends until a moment of chance, and notes what was accepted long enough before. */
async function loadUntilKilled(load: Load, carbon: Running): Promise<void> {
  const { random } = load;
  const port = portOf(carbon.ready, 'line');
  const accepted: { readonly points: readonly Point[]; readonly atMs: number }[] = [];
  let isOver = false;
  const keepSending = async (): Promise<void> => {
    while (!isOver) {
      const points = nextPoints(load);
      if (await send(port, points, SEND_MS_MAX)) accepted.push({ points, atMs: performance.now() });
    }
  };
  const keepFilling = async (): Promise<void> => {
    while (!isOver) {
      setFiller(data(), random.chance(0.5) ? Infinity : random.below(DISK_BYTES));
      await wait(random.below(FILLER_MS_RANGE));
    }
  };
  const working = [keepFilling(), ...Array.from({ length: SENDERS }, keepSending)];
  await wait(LOAD_MS_MIN + random.below(LOAD_MS_RANGE));
  const safeMs = performance.now() - CARBON_DEFAULTS.journalSyncMs;
  await carbon.kill();
  isOver = true;
  await Promise.all(working);
  for (const { points, atMs } of accepted) if (atMs <= safeMs) load.safe.push(...points);
}

/** No metric gets a second twice: after SPAN_S of them the next metrics begin. */
function nextPoints(load: Load): readonly Point[] {
  return Array.from({ length: BATCH_LINES }, () => {
    const value = ++load.sent;
    const second = Math.floor(value / KNOWN);
    const name = `m${value % KNOWN}`;
    const metric = load.random.chance(NEW_PART)
      ? `new.${Math.floor(second / NEW_S)}.${name}`
      : `known.${Math.floor(second / SPAN_S)}.${name}`;
    return noted(load, { metric, time: load.base + (second % SPAN_S), value });
  });
}

function noted({ all }: Load, point: Point): Point {
  const { metric, time, value } = point;
  const points = all.get(metric) ?? new Map<number, number>();
  all.set(metric, points.set(time, value));
  return point;
}

function expectStored({ all, safe }: Load): void {
  const files = makeNodeFiles(data(), 'r');
  const stored = new Map<string, ReadonlyMap<number, number>>();
  for (const entry of readdirSync(data(), { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = `${entry.parentPath}/${entry.name}`.slice(data().length + 1);
    const file = storedFile(files, path);
    expect([path, file?.sizeBytes]).toEqual([path, file && fileSizeBytes(file.header.archives)]);
    const metric = path.replace(/\.wsp$/, '').replaceAll('/', '.');
    stored.set(metric, file?.archives[0] ?? new Map());
    if (file) expectRolledUp(path, file);
    // Nothing is there that was not sent.
    for (const [time, value] of stored.get(metric) ?? [])
      expect([metric, time, value]).toEqual([metric, time, all.get(metric)?.get(time)]);
  }
  for (const { metric, time, value } of safe)
    expect([metric, time, stored.get(metric)?.get(time)]).toEqual([metric, time, value]);
  expect(safe.length).toBeGreaterThan(kills * 10);
}

/** Each minute of which half is known has the average of its seconds. */
function expectRolledUp(path: string, { archives, header }: StoredFile): void {
  const [seconds = new Map<number, number>(), minutes] = archives;
  const inMinute = new Map<number, number[]>();
  for (const [time, value] of seconds) {
    const minute = time - (time % 60);
    inMinute.set(minute, [...(inMinute.get(minute) ?? []), value]);
  }
  for (const [minute, values] of inMinute) {
    if (values.length < 60 * header.xFilesFactor) continue;
    expect([path, minute, minutes?.get(minute)]).toEqual([
      path,
      minute,
      aggregate(header.method, values, 60),
    ]);
  }
}
