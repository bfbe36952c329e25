// The date jumps while lines arrive, forwards and backwards, by a minute or a year. Each point is stored once, at its own
// time or at what was "now" when it came, and Carbon goes on writing.
//
//   lines, some seconds | jump | lines, some seconds | jump | ...     each stretch has metrics of its own
//
// What waits while the date jumps far forwards is old all at once. It is stored as the real program would store it: in a
// coarser archive, or not at all where no archive reaches back so far, and then the ledger counts it.

import { expect, test } from 'vitest';
import { decodeUtf8Lossy } from '../../../src/core/base/text.ts';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import type { Carbon } from '../../../src/core/carbon/carbon.ts';
import { JOURNAL_FOLDER } from '../../../src/core/carbon/journal.ts';
import { makeWorldFiles, type WorldFiles } from '../../../src/core/world/files.ts';
import type { World } from '../../../src/core/world/world.ts';
import { storedFile } from '../../tools/stored-file.ts';
import { timesInTier } from '../../tools/tier.ts';
import { makeSettableClock, type SettableClock } from '../settable-clock.ts';
import { dial, LINE, makeStarted, pass } from './simulated.ts';

const SEED = 20_261_130;
const WORLDS_FULL = 400;
const WORLDS_MS_MAX = 600_000;
const JUMPS = 8;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const SIZES_S = [MINUTE_S, HOUR_S, DAY_S, 365 * DAY_S];
/** Of 1s:1h,1m:1d, which `makeStarted` keeps. */
const FINEST_S = HOUR_S;
const ALL_S = DAY_S;
/** A stretch is shorter than the shortest jump, so that no second comes twice in it. */
const SECONDS_MAX = 20;
const METRICS = 4;
const CREATES_PER_MINUTE = 600;
const SYNC_MS = 5;
/** Carbon writes every second what is safe, and what is safe is known 100 ms later. */
const WRITTEN_S = 3;

const worlds = timesInTier(WORLDS_FULL);
test(
  `${worlds * JUMPS} jumps of the date lose no point and double none (seed ${SEED})`,
  { timeout: WORLDS_MS_MAX },
  () => {
    for (let i = 0; i < worlds; i++) liveThroughJumps(SEED + i);
  },
);

interface Place {
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly carbon: Carbon;
  readonly clock: SettableClock;
  readonly state: WorldFiles;
  readonly send: (text: string) => void;
  /** What the files must hold in the end, by metric and second. */
  readonly wanted: Map<string, Map<number, number>>;
  sent: number;
  tooOld: number;
}

function liveThroughJumps(seed: number): void {
  const place = makePlace(seed);
  const { random, world } = place;
  for (let stretch = 0; stretch < JUMPS; stretch++) {
    sendLines(place, stretch);
    // What came before the jump is written before it, or after it.
    if (random.chance(0.5)) pass(world, WRITTEN_S);
    jump(place);
    pass(world, random.below(3));
    if (stretch > 0) goesOn(place, nameOf(stretch - 1, 1));
  }
  pass(world, WRITTEN_S);
  expectStored(place);
  const { sent } = place;
  for (let minute = 0; minute < 5; minute++) {
    sendOne(place, 'later', true);
    pass(world, MINUTE_S);
  }
  // What is in the files goes from the journal in its time.
  expect([seed, journalOf(place)]).toEqual([
    seed,
    expect.not.stringContaining(`later ${sent + 1} `),
  ]);
}

function journalOf({ state }: Place): string {
  const parts = state
    .list(JOURNAL_FOLDER)
    .map(({ name }) => state.readAll(`${JOURNAL_FOLDER}/${name}`) ?? new Uint8Array(0));
  return parts.map((part) => decodeUtf8Lossy(part)).join('');
}

function makePlace(seed: number): Place {
  const made: Pick<Place, 'clock' | 'state'>[] = [];
  const changes = { idleS: 10 * MINUTE_S, createsPerMinuteMax: CREATES_PER_MINUTE };
  const { world, carbon } = makeStarted(changes, ({ clock: base }) => {
    const state = makeWorldFiles((run) => base.at(base.now() + SYNC_MS, run));
    const parts = { clock: makeSettableClock(base), state };
    made.push(parts);
    return parts;
  });
  const [parts] = made as [Pick<Place, 'clock' | 'state'>];
  const sender = dial(world, LINE);
  const send = (text: string): void => {
    expect([seed, sender.isOpen()]).toEqual([seed, true]);
    sender.write(text);
  };
  const random = makeRandom(seed);
  return { seed, random, world, carbon, ...parts, send, wanted: new Map(), sent: 0, tooOld: 0 };
}

const nameOf = (stretch: number, metric: number): string => `m${stretch}-${metric}`;

/** One line of each metric every second. Those of the first have no time of their own. */
function sendLines(place: Place, stretch: number): void {
  for (let second = place.random.below(SECONDS_MAX); second >= 0; second--) {
    for (let metric = 0; metric < METRICS; metric++)
      sendOne(place, nameOf(stretch, metric), metric === 0);
    pass(place.world, 1);
  }
}

function sendOne(place: Place, metric: string, isNow: boolean): number {
  const time = Math.floor(place.clock.now() / 1000);
  const value = ++place.sent;
  place.send(`${metric} ${value} ${isNow ? -1 : time}\n`);
  const wanted = place.wanted.get(metric) ?? new Map<number, number>();
  place.wanted.set(metric, wanted.set(time, value));
  return time;
}

function jump(place: Place): void {
  const { random, carbon, clock, wanted } = place;
  const sizeS = SIZES_S[random.below(SIZES_S.length)] ?? 0;
  const isForward = random.chance(0.5);
  if (isForward && sizeS >= FINEST_S)
    for (const metric of carbon.waiting())
      for (const { time } of carbon.query(metric)) {
        wanted.get(metric)?.delete(time);
        if (sizeS >= ALL_S) place.tooOld++;
      }
  clock.setBy(isForward ? sizeS : -sizeS);
}

/** A metric that has its file is written to within seconds. */
function goesOn(place: Place, metric: string): void {
  const time = sendOne(place, metric, false);
  pass(place.world, WRITTEN_S);
  const stored = storedFile(place.world.files, `${metric}.wsp`)?.archives[0];
  expect([place.seed, metric, stored?.get(time)]).toEqual([place.seed, metric, place.sent]);
}

function expectStored({ seed, world, carbon, wanted, sent, tooOld }: Place): void {
  const stats = carbon.stats();
  expect({ seed, ...stats }).toMatchObject({
    seed,
    metricsReceived: sent,
    committedPoints: sent - tooOld,
    tooOld,
    cacheSize: 0,
    errors: 0,
    corrupt: 0,
  });
  for (const [metric, points] of wanted) {
    const stored = storedFile(world.files, `${metric}.wsp`)?.archives[0];
    expect([seed, metric, stored]).toEqual([seed, metric, points]);
  }
}
