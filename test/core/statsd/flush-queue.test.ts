import { expect, test } from 'vitest';
import { makeFlushQueue, type FlushQueue } from '../../../src/core/statsd/flush-queue.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

test('what is given back stands before what came later, on the disk too', () => {
  const { world, queue } = makeOnDisk(10);
  for (const text of ['a', 'b']) queue.add(text);
  const first = queue.take();
  queue.add('c');
  const second = queue.take();
  queue.giveBack(second);
  queue.giveBack(first);
  expect(world.files.list('').map(({ name }) => name)).toEqual([
    '000000000001.txt',
    '000000000002.txt',
    '000000000003.txt',
  ]);
  expect(textsOf(queue)).toEqual(['a', 'b', 'c']);
});

test('the oldest go where there is no room, from the disk too, and are counted', () => {
  const { world, queue, lost } = makeOnDisk(2);
  for (const text of ['a', 'b']) queue.add(text);
  queue.giveBack(queue.take());
  queue.add('c');
  expect(lost()).toBe(1);
  expect(world.files.list('').map(({ name }) => name)).toEqual(['000000000002.txt']);
  expect(textsOf(queue)).toEqual(['b', 'c']);
});

test('what is taken leaves the disk, and a file that somebody removed is lost', () => {
  const { world, queue, lost } = makeOnDisk(5);
  for (const text of ['a', 'b', 'c']) queue.add(text);
  queue.giveBack(queue.take());
  world.files.remove('000000000002.txt');
  const flushes = queue.take();
  expect(flushes.map(({ text }) => text)).toEqual(['a', 'c']);
  expect(lost()).toBe(1);
  queue.taken(flushes);
  expect(world.files.list('')).toEqual([]);
});

function makeOnDisk(flushes: number): { world: World; queue: FlushQueue; lost: () => number } {
  const world = makeWorld({ seed: 1, startMs: 0 });
  let lost = 0;
  const queue = makeFlushQueue(world.files, { flushes, characters: 1000 }, (count) => {
    lost += count;
  });
  return { world, queue, lost: () => lost };
}

function textsOf(queue: FlushQueue): (string | null)[] {
  return queue.take().map(({ text }) => text);
}
