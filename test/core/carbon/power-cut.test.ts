// The power fails at any moment, and what was not synced is dropped or torn. Whoever starts again finds every point that was
// accepted long enough before.

import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import { readAggregations } from '../../../src/core/carbon/aggregation.ts';
import { makeCarbon, type Carbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../../src/core/carbon/config.ts';
import { readSchemas } from '../../../src/core/carbon/schemas.ts';
import { openWhisper } from '../../../src/core/whisper/open.ts';
import { makeTree } from '../../../src/core/whisper/tree.ts';
import { makePowerDisk, type PowerDisk } from '../../../src/core/world/power.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20_261_128;
const CUTS_FULL = 1000;
const CUTS_MS_MAX = 600_000;
const T = 1_700_000_000;
const NAMES = 12;
/** Longest time from the acceptance of a point until it is on the disk: half to ask for the sync, half to do it. */
const SAFE_AFTER_MS = CARBON_DEFAULTS.journalSyncMs;
const SYNC_MS_MAX = CARBON_DEFAULTS.journalSyncMs / 2;

const cuts = timesInTier(CUTS_FULL);
test(
  `after ${cuts} power cuts no point that was safe is lost (seed ${SEED})`,
  { timeout: CUTS_MS_MAX },
  () => {
    let safe = 0;
    for (let i = 0; i < cuts; i++) safe += liveThroughCuts(SEED + i);
    expect(safe).toBeGreaterThan(cuts * 20);
  },
);

interface Sent {
  readonly path: string;
  readonly time: number;
  readonly value: number;
  readonly atMs: number;
}

interface Place {
  readonly world: World;
  data: PowerDisk;
  state: PowerDisk;
}

/** Runs, fails and runs again a few times; how many points had to be there in the end. */
function liveThroughCuts(seed: number): number {
  const random = makeRandom(seed);
  const world = makeWorld({ seed, startMs: T * 1000 });
  const later = (run: () => void): void =>
    void world.clock.at(world.clock.now() + 1 + random.below(SYNC_MS_MAX - 1), run);
  const place: Place = { world, data: makePowerDisk(later), state: makePowerDisk(later) };
  const sent: Sent[] = [];
  const kept: Sent[] = [];
  const lost: Sent[] = [];
  for (let run = 0; run < 1 + random.below(3); run++) {
    const carbon = start(place, random);
    work(place.world, carbon, random, sent);
    const cutMs = world.clock.now();
    for (const each of sent.splice(0))
      (each.atMs + SAFE_AFTER_MS <= cutMs ? kept : lost).push(each);
    place.data = place.data.cut(random);
    place.state = place.state.cut(random);
  }
  const last = start(place, random);
  last.drainAll();
  expectKept(seed, place, kept, lost);
  return kept.length;
}

function start({ world, data, state }: Place, random: Random): Carbon {
  const config: CarbonConfig = {
    ...CARBON_DEFAULTS,
    line: null,
    pickle: null,
    ownMetricsIntervalS: 0,
    schemas: SCHEMAS,
    aggregations: AGGREGATIONS,
    writeIntervalMs: 20 + random.below(300),
    updatesPerTurnMax: 1 + random.below(10),
  };
  const carbon = makeCarbon({ ...world, files: data, state }, config);
  let opened = '';
  carbon.start((result) => {
    opened = result.ok ? 'opened' : result.why;
  });
  world.clock.run(world.clock.now());
  expect(opened).toBe('opened');
  return carbon;
}

const SCHEMAS = valueOf(readSchemas('[all]\npattern = .*\nretentions = 1s:2m,10s:10m\n'));
const AGGREGATIONS = valueOf(
  readAggregations('[all]\npattern = .*\nxFilesFactor = 0\naggregationMethod = sum\n'),
);

function work(world: World, carbon: Carbon, random: Random, sent: Sent[]): void {
  for (let step = random.below(60); step >= 0; step--) {
    const now = world.clock.now();
    const points = Array.from({ length: 1 + random.below(8) }, () => ({
      path: `m.${random.below(NAMES)}`,
      time: Math.floor(now / 1000) - random.below(30),
      value: 1 + random.below(1_000_000),
    }));
    carbon.append(points);
    sent.push(...points.map((point) => ({ ...point, atMs: now })));
    world.clock.run(now + random.below(random.chance(0.2) ? 2000 : 60));
  }
}

function expectKept(
  seed: number,
  { world, data }: Place,
  safe: readonly Sent[],
  unsafe: readonly Sent[],
): void {
  const nowS = Math.floor(world.clock.now() / 1000);
  const wanted = new Map(safe.map((each) => [`${each.path} ${each.time}`, each.value]));
  const tree = makeTree(data);
  for (const { path } of tree.find('m.*')) {
    expect([seed, path, openWhisper(data, `${path.replaceAll('.', '/')}.wsp`).ok]).toEqual([
      seed,
      path,
      true,
    ]);
  }
  const mayBe = new Map<string, Set<number>>();
  for (const { path, time, value } of [...safe, ...unsafe]) {
    const key = `${path} ${time}`;
    mayBe.set(key, (mayBe.get(key) ?? new Set()).add(value));
  }
  for (const [key, value] of wanted) {
    const [path = '', time = ''] = key.split(' ');
    if (Number(time) <= nowS - 120) continue;
    const found = tree.read(path, Number(time) - 1, Number(time), nowS);
    const stored = found.ok ? found.value?.values[0] : found.why;
    const isLater = unsafe.some(
      (each) => `${each.path} ${each.time}` === key && each.value === stored,
    );
    if (!isLater) expect([seed, key, stored]).toEqual([seed, key, value]);
  }
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; why: string }): T {
  if (!result.ok) throw new Error(result.why);
  return result.value;
}
