import { expect, test } from 'vitest';
import { makeRandom } from '../../../src/core/base/random.ts';
import type { Disk } from '../../../src/core/host/disk.ts';
import { makeFlushQueue, type FlushQueue } from '../../../src/core/statsd/flush-queue.ts';
import { makePowerDisk } from '../../../src/core/world/power.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 1207;
const CUTS = timesInTier(400);

test('a flush is on the disk before it may be sent, and until it is taken', () => {
  const { world, queue } = makeOnDisk(5);
  let ready = 0;
  queue.add('a\n', () => ready++);
  expect([namesOn(world.files), textsOf(queue), ready]).toEqual([['000000000001.txt'], [], 0]);
  pass(world);
  expect(ready).toBe(1);
  const flushes = queue.take();
  expect(flushes.map((flush) => queue.textOf(flush))).toEqual(['a\n']);
  expect(namesOn(world.files)).toEqual(['000000000001.txt']);
  queue.taken(flushes);
  expect(namesOn(world.files)).toEqual([]);
});

test('what is given back stands before what came later', () => {
  const { world, queue } = makeOnDisk(10);
  add(world, queue, 'a\n', 'b\n');
  const first = queue.take();
  add(world, queue, 'c\n');
  const second = queue.take();
  queue.giveBack(second);
  queue.giveBack(first);
  expect(namesOn(world.files)).toHaveLength(3);
  expect(textsOf(queue)).toEqual(['a\n', 'b\n', 'c\n']);
});

test('the oldest go where there is no room, from the disk too, and are counted', () => {
  const { world, queue, lost } = makeOnDisk(2);
  add(world, queue, 'a\n', 'b\n', 'c\n');
  expect(lost()).toBe(1);
  expect(namesOn(world.files)).toEqual(['000000000002.txt', '000000000003.txt']);
  expect(textsOf(queue)).toEqual(['b\n', 'c\n']);
});

test('the newest stays, however long it is', () => {
  const { world, queue, lost } = makeOnDisk(5);
  const long = `${'x'.repeat(2000)}\n`;
  add(world, queue, 'a\n', long);
  expect(lost()).toBe(1);
  expect(textsOf(queue)).toEqual([long]);
});

test('a file that somebody removed is lost, and one of a killed process that is half is no flush', () => {
  const { world, queue } = makeOnDisk(5);
  add(world, queue, 'a\n', 'b\n', 'c\n');
  world.files.replace('000000000004.txt.tmp', new Uint8Array(3));
  const again = makeOnDisk(5, world);
  world.files.remove('000000000002.txt');
  expect(namesOn(world.files)).toEqual(['000000000001.txt', '000000000003.txt']);
  expect(textsOf(again.queue)).toEqual(['a\n', 'c\n']);
  expect(again.lost()).toBe(1);
});

test('what a full disk does not take waits in memory, and goes there when it has room', () => {
  const { world, queue, notKept } = makeOnDisk(5);
  world.files.setFreeBytes(0);
  add(world, queue, 'a\n');
  expect(notKept()).toEqual(['No space left on the disk.']);
  const flushes = queue.take();
  expect(flushes.map((flush) => queue.textOf(flush))).toEqual(['a\n']);
  world.files.setFreeBytes(Infinity);
  queue.giveBack(flushes);
  expect(namesOn(world.files)).toEqual(['000000000001.txt']);
  expect(textsOf(queue)).toEqual(['a\n']);
});

test(`after ${CUTS} power cuts every flush that could be sent is there, and no line is half (seed ${SEED})`, () => {
  const random = makeRandom(SEED);
  for (let cut = 0; cut < CUTS; cut++) {
    const world = makeWorld({ seed: cut, startMs: 0 });
    const disk = makePowerDisk(
      (run) => void world.clock.at(world.clock.now() + 1 + random.below(20), run),
    );
    const ready: string[] = [];
    const lines = (flush: number): string =>
      Array.from({ length: 60 }, (_, i) => `name.of.line ${flush}.${i} 1700000000\n`).join('');
    const queue = makeFlushQueue(disk, { flushes: 100, characters: 1e6 }, noEvents);
    for (let flush = 0; flush < 8; flush++) {
      queue.add(lines(flush), () => ready.push(lines(flush)));
      world.clock.run(world.clock.now() + random.below(15));
    }
    const found = textsOf(
      makeFlushQueue(disk.cut(random), { flushes: 100, characters: 1e6 }, noEvents),
    );
    expect(found).toEqual(expect.arrayContaining(ready));
    for (const text of found) expect(text).toMatch(/^(?:name\.of\.line \d+\.\d+ 1700000000\n)+$/);
  }
});

const noEvents = { lost: () => undefined, notKept: () => undefined };

function makeOnDisk(
  flushes: number,
  world: World = makeWorld({ seed: 1, startMs: 0 }),
): { world: World; queue: FlushQueue; lost: () => number; notKept: () => readonly string[] } {
  let lost = 0;
  const notKept: string[] = [];
  const queue = makeFlushQueue(
    world.files,
    { flushes, characters: 1000 },
    {
      lost(count) {
        lost += count;
      },
      notKept: (why) => notKept.push(why),
    },
  );
  return { world, queue, lost: () => lost, notKept: () => notKept };
}

function add(world: World, queue: FlushQueue, ...texts: readonly string[]): void {
  for (const text of texts) queue.add(text, () => undefined);
  pass(world);
}

function pass(world: World): void {
  world.clock.run(world.clock.now() + 1000);
}

function namesOn(disk: Disk): readonly string[] {
  return disk.list('').map(({ name }) => name);
}

function textsOf(queue: FlushQueue): string[] {
  return queue
    .take()
    .map((flush) => queue.textOf(flush))
    .filter((text) => text !== null);
}
