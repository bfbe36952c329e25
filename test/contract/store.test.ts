// What the port Store promises, over Whisper files on a disk and in memory: the answers are the same.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStackStore } from '../../src/api/stack-store.ts';
import type { Fetched, Store } from '../../src/api/store.ts';
import { COLLECTOR_DEFAULTS } from '../../src/core/collect/config.ts';
import { makeRandom } from '../../src/core/base/random.ts';
import { CARBON_DEFAULTS } from '../../src/core/carbon/config.ts';
import type { Point } from '../../src/core/carbon/point.ts';
import { readSchemas } from '../../src/core/carbon/schemas.ts';
import type { Disk } from '../../src/core/host/disk.ts';
import { makeStack } from '../../src/core/stack.ts';
import { STATSD_DEFAULTS } from '../../src/core/statsd/config.ts';
import { makeWorldFiles } from '../../src/core/world/files.ts';
import { CLINIC_HOST } from '../../src/core/world/sensors.ts';
import { makeWorld } from '../../src/core/world/world.ts';
import { makeNodeDisk } from '../../src/node/disk.ts';
import { timesInTier } from '../tools/tier.ts';

const START_S = 1_700_000_040;
const SEED = 17;
const ROUNDS_FULL = 400;
/** One second for the writer's round, and one to be sure. */
const WRITTEN_MS = 2000;
/** Ten values at one second, then twenty at ten seconds. */
const RETENTIONS = '1s:10s,10s:200s';

interface StorePlace {
  readonly store: Store;
  /** Seconds since 1970, by the clock of this place. */
  nowS(): number;
  pass(ms: number): void;
  end(): void;
}

function makePlace(files: Disk, end: () => void): StorePlace {
  const world = makeWorld({ seed: SEED, startMs: START_S * 1000 });
  const schemas = readSchemas(`[all]\npattern = .*\nretentions = ${RETENTIONS}\n`);
  if (!schemas.ok) throw new Error(schemas.why);
  const stack = makeStack(
    { ...world.host(CLINIC_HOST), files },
    {
      hostname: 'web1',
      collector: COLLECTOR_DEFAULTS,
      // Nothing but what a test puts in.
      statsd: { ...STATSD_DEFAULTS, graphite: null },
      carbon: { ...CARBON_DEFAULTS, schemas: schemas.value, ownMetricsIntervalS: 0 },
    },
  );
  stack.start((started) => {
    if (!started.ok) throw new Error(started.why);
  });
  return {
    store: makeStackStore(stack),
    nowS: () => Math.floor(world.clock.now() / 1000),
    pass: (ms) => void world.clock.run(world.clock.now() + ms),
    end,
  };
}

function onDisk(): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-store-'));
  return makePlace(makeNodeDisk(folder), () => rmSync(folder, { recursive: true }));
}

const inMemory = (): StorePlace =>
  makePlace(
    makeWorldFiles((run) => run()),
    () => undefined,
  );

describe.each([
  ['on a disk', onDisk],
  ['in memory', inMemory],
])('a store %s', (_, make) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(() => {
    place = make();
    store = place.store;
  });
  afterEach(() => place.end());

  async function keep(points: readonly Point[]): Promise<void> {
    expect(await store.append(points)).toMatchObject({ ok: true });
    place.pass(WRITTEN_MS);
  }

  async function valuesOf(path: string, fromS: number, untilS: number): Promise<unknown> {
    const [read] = await store.read({ paths: [path], fromS, untilS, nowS: place.nowS() });
    return read && 'values' in read ? { ...read, values: [...read.values] } : read;
  }

  it('has nothing at first', async () => {
    expect(await store.find('*')).toEqual([]);
    expect(await store.find('**')).toEqual([]);
    expect(await store.missing('a.b')).toBe(true);
    expect(await valuesOf('a.b', START_S - 5, START_S)).toBeNull();
    expect(await store.read({ paths: [], fromS: 0, untilS: 1, nowS: START_S })).toEqual([]);
  });

  it('finds branches and leaves by pattern, sorted, each once', async () => {
    const at = { time: START_S, value: 1 };
    await keep(['z.one', 'a.b.c', 'a.b', 'a.x.c', 'a.b10.c'].map((path) => ({ path, ...at })));
    const found = async (pattern: string): Promise<readonly string[]> =>
      (await store.find(pattern)).map(
        ({ path, isLeaf }) => `${path} ${isLeaf ? 'leaf' : 'branch'}`,
      );
    expect(await found('*')).toEqual(['a branch', 'z branch']);
    expect((await found('a.b')).toSorted()).toEqual(['a.b branch', 'a.b leaf']);
    expect(await found('a.[bx].c')).toEqual(['a.b.c leaf', 'a.x.c leaf']);
    expect(await found('a.{b10,x}.?')).toEqual(['a.b10.c leaf', 'a.x.c leaf']);
    expect(await found('nothing.*')).toEqual([]);
    expect(await store.missing('a.b')).toBe(false);
    expect(await store.missing('a')).toBe(true);
  });

  it('gives the values after the start up to the end, gaps as NaN, in the order asked', async () => {
    await keep([
      { path: 'a', time: START_S - 4, value: 1 },
      { path: 'a', time: START_S - 2, value: -2.5 },
      { path: 'b', time: START_S, value: 7 },
    ]);
    const [b, none, a] = (await store.read({
      paths: ['b', 'none', 'a'],
      fromS: START_S - 4,
      untilS: START_S,
      nowS: place.nowS(),
    })) as readonly (Fetched | null)[];
    expect(none).toBeNull();
    expect(a).toMatchObject({ path: 'a', start: START_S - 3, end: START_S + 1, step: 1 });
    expect([...(a?.values ?? [])]).toEqual([NaN, -2.5, NaN, NaN]);
    expect([...(b?.values ?? [])]).toEqual([NaN, NaN, NaN, 7]);
  });

  it('shows a point of the cache before it is written, and the same one after', async () => {
    await keep([{ path: 'a', time: START_S - 1, value: 1 }]);
    const nowS = place.nowS();
    await store.append([{ path: 'a', time: nowS, value: 5 }]);
    const before = await valuesOf('a', nowS - 1, nowS);
    expect(before).toMatchObject({ values: [5] });
    place.pass(WRITTEN_MS);
    expect(await valuesOf('a', nowS - 1, nowS)).toEqual(before);
  });

  it('keeps the last of two values of one second', async () => {
    await keep([1, 2, 3].map((value) => ({ path: 'a', time: START_S, value })));
    await keep([{ path: 'a', time: START_S, value: 4 }]);
    expect(await valuesOf('a', START_S - 1, START_S)).toMatchObject({ values: [4] });
  });

  it('answers from the coarse archive what the fine one has forgotten, as a mean', async () => {
    const slotS = START_S - (START_S % 10);
    for (let second = 0; second < 10; second++)
      await keep([{ path: 'a', time: slotS + second, value: second }]);
    place.pass(60_000);
    expect(await valuesOf('a', slotS - 10, slotS)).toEqual({
      path: 'a',
      start: slotS,
      end: slotS + 10,
      step: 10,
      values: [4.5],
    });
  });

  it('has no values where no archive reaches, and says nothing of the future', async () => {
    await keep([{ path: 'a', time: START_S, value: 1 }]);
    expect(await valuesOf('a', START_S - 4000, START_S - 3000)).toBeNull();
    expect(await valuesOf('a', START_S + 4000, START_S + 5000)).toBeNull();
  });

  it.each(['../outside', '..', 'a..b', '.a', 'a.', 'a/../../b', 'nul\0', 'back\\slash', ''])(
    'refuses a point named %j, has nothing under it, and goes on',
    async (path) => {
      expect(await store.append([{ path, time: START_S, value: 1 }])).toMatchObject({ ok: false });
      await keep([{ path: 'good', time: START_S, value: 1 }]);
      expect(await store.missing(path)).toBe(true);
      expect(await valuesOf(path, START_S - 1, START_S)).toBeNull();
      expect((await store.find('**')).map((node) => node.path)).toEqual(['good']);
    },
  );

  it('keeps a tagged name under its hash, and gives it back by its canonical name', async () => {
    await keep([{ path: 'disk.used;host=web1;dc=west', time: START_S, value: 3 }]);
    const name = 'disk.used;dc=west;host=web1';
    expect(await store.missing(name)).toBe(false);
    expect(await valuesOf(name, START_S - 1, START_S)).toMatchObject({ path: name, values: [3] });
  });

  it('keeps names that are not ASCII', async () => {
    await keep([{ path: 'klinik.größe.température', time: START_S, value: 3 }]);
    expect((await store.find('klinik.gr*.*')).map(({ path }) => path)).toEqual([
      'klinik.größe.température',
    ]);
  });
});

it(`a store on a disk and one in memory give the same answers to the same history [seed ${SEED}]`, async () => {
  const disk = onDisk();
  const memory = inMemory();
  const random = makeRandom(SEED);
  const names = ['a', 'a.b', 'a.b.c', 'a.bc', 'b.c;x=1', 'd'];
  const pick = (list: readonly string[]): string => list[random.below(list.length)] ?? '';
  try {
    for (let round = 0; round < timesInTier(ROUNDS_FULL); round++) {
      const batch = Array.from({ length: random.below(6) }, () => ({
        path: pick(names),
        time: memory.nowS() - random.below(30),
        value: random.below(1000) / 8,
      }));
      expect(await disk.store.append(batch)).toEqual(await memory.store.append(batch));
      const ms = random.below(4000);
      disk.pass(ms);
      memory.pass(ms);
      const fromS = memory.nowS() - random.below(260);
      const untilS = fromS + 1 + random.below(100);
      const request = { paths: names, fromS, untilS, nowS: memory.nowS() };
      expect(await disk.store.read(request)).toEqual(await memory.store.read(request));
      const pattern = pick(['*', '**', 'a.*', 'a.b*', '*.c', '{a,b}.*', '_tagged.**']);
      expect(await disk.store.find(pattern)).toEqual(await memory.store.find(pattern));
      for (const name of names)
        expect(await disk.store.missing(name)).toBe(await memory.store.missing(name));
    }
  } finally {
    disk.end();
    memory.end();
  }
});
