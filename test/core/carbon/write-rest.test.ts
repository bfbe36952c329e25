// The end of a Carbon with a limit: nothing that was accepted is lost, whether it is written or not.

import { expect, test } from 'vitest';
import { makeCarbon, type Carbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../../src/core/carbon/config.ts';
import { LIMITED_MS_MAX } from '../../../src/core/carbon/write-rest.ts';
import type { Disk } from '../../../src/core/host/disk.ts';
import { makeWorldFiles } from '../../../src/core/world/files.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const T = 1_700_000_000;

test('MAX_UPDATES_PER_SECOND_ON_SHUTDOWN slows the end down, and only where updates have a limit', () => {
  const files = (changes: Partial<CarbonConfig>): readonly number[] => {
    const { world, carbon } = makeStarted({ updatesPerSecondAtEnd: 5, ...changes }, makeState());
    append(carbon, 12);
    carbon.stop((unwritten) => expect(unwritten).toBe(0));
    const counted = [0, 900, 1000].map((ms) => {
      world.clock.run(world.clock.now() + ms);
      return countFiles(world, 12);
    });
    return counted;
  };
  expect(files({ updatesPerSecondMax: 1 })).toEqual([5, 9, 12]);
  expect(files({ createsPerMinuteMax: 1 })).toEqual([5, 9, 12]);
  expect(files({ updatesPerSecondMax: 1, updatesPerSecondAtEnd: Infinity })).toEqual([12, 12, 12]);
  expect(files({})).toEqual([12, 12, 12]);
});

test.each([
  ['when it takes too long', LIMITED_MS_MAX + 5000],
  ['when it is cut short', LIMITED_MS_MAX / 2],
])('what the end did not write is in the journal, %s', (_, waitMs) => {
  const state = makeState();
  const { world, carbon } = makeStarted(
    { updatesPerSecondMax: 1, updatesPerSecondAtEnd: 2 },
    state,
  );
  append(carbon, 50);
  let ended: number | null = null;
  carbon.stop((unwritten) => {
    ended = unwritten;
  });
  world.clock.run(world.clock.now() + waitMs);
  expect(ended).toBe(waitMs > LIMITED_MS_MAX ? 0 : null);
  expect(countFiles(world, 50)).toBeLessThan(10);
  const again = makeStarted({}, state);
  for (let i = 0; i < 50; i++) {
    const isThere = [world, again.world].some(({ files }) => files.exists(`m${i}.wsp`));
    expect(`m${i} ${isThere}`).toBe(`m${i} true`);
  }
});

test('without a journal the end writes what the limit left', () => {
  const { world, carbon } = makeStarted({ updatesPerSecondMax: 1, updatesPerSecondAtEnd: 2 }, null);
  append(carbon, 50);
  let ended: number | null = null;
  carbon.stop((unwritten) => {
    ended = unwritten;
  });
  world.clock.run(world.clock.now() + LIMITED_MS_MAX - 100);
  expect(countFiles(world, 50)).toBeLessThan(10);
  world.clock.run(world.clock.now() + 200);
  expect([ended, countFiles(world, 50)]).toEqual([0, 50]);
});

function makeState(): Disk {
  return makeWorldFiles((run) => run());
}

function makeStarted(
  changes: Partial<CarbonConfig>,
  state: Disk | null,
): { world: World; carbon: Carbon } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const carbon = makeCarbon(
    { ...world, state },
    { ...CARBON_DEFAULTS, line: null, pickle: null, ownMetricsIntervalS: 0, ...changes },
  );
  carbon.start((opened) => expect(opened.ok).toBe(true));
  return { world, carbon };
}

function append(carbon: Carbon, count: number): void {
  carbon.append(Array.from({ length: count }, (_, i) => ({ path: `m${i}`, value: i, time: T })));
}

function countFiles({ files }: World, count: number): number {
  return Array.from({ length: count }, (_, i) => files.exists(`m${i}.wsp`)).filter(Boolean).length;
}
