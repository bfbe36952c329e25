import { beforeEach, describe, expect, it } from 'vitest';
import { bad, good } from '../../../src/core/base/result.ts';
import {
  makePluginLoop,
  type Answer,
  type LoopOptions,
  type Task,
} from '../../../src/core/collect/plugin-loop.ts';
import { valueList, type ValueList } from '../../../src/core/collect/value-list.ts';
import type { HostReading } from '../../../src/core/host/sensors.ts';
import { makeWorldClock, type WorldClock } from '../../../src/core/world/clock.ts';

const START_MS = 1_000_803_000;
const list = (plugin: string): ValueList => valueList({ plugin, type: 'gauge' }, 1);

let clock: WorldClock;
let logged: string[];
let dispatched: [seconds: number, plugins: string][];
let readings: number;

beforeEach(() => {
  clock = makeWorldClock(START_MS);
  logged = [];
  dispatched = [];
  readings = 0;
});

function loopOf(tasks: readonly Task[], options: Partial<LoopOptions> = {}) {
  const host = {
    clock,
    log: { say: (_: string, text: string) => void logged.push(text) },
    read: () => ({ number: ++readings }) as unknown as HostReading,
  };
  return makePluginLoop(
    host,
    tasks,
    { maxReadIntervalS: 86_400, timeout: 2, ...options },
    (lists, timeMs) =>
      void dispatched.push([timeMs / 1000 - 1_000_800, lists.map(({ plugin }) => plugin).join()]),
  );
}

/** A plugin that answers at once with what `answer` says now. */
function task(
  name: string,
  intervalS: number,
  answer: () => Answer = () => good([list(name)]),
): Task {
  return {
    name,
    intervalS,
    read(reading, done) {
      reading();
      done(answer());
    },
  };
}

function runFor(seconds: number): void {
  clock.run(clock.now() + seconds * 1000);
}

describe('the plugin loop', () => {
  it('reads at once, then on whole multiples of each interval', () => {
    loopOf([task('a', 10), task('b', 5)]).start();
    runFor(18);
    expect(dispatched).toEqual([
      [3, 'a'],
      [3, 'b'],
      [5, 'b'],
      [10, 'a'],
      [10, 'b'],
      [15, 'b'],
      [20, 'a'],
      [20, 'b'],
    ]);
  });

  it('reads once in a second when it was started shortly before a whole one', () => {
    clock.run(START_MS + 600);
    loopOf([task('a', 1)]).start();
    runFor(3);
    expect(dispatched.map(([seconds]) => Math.round(seconds))).toEqual([4, 5, 6]);
  });

  it('hands over what is of one moment and one interval at once, from one reading', () => {
    loopOf([task('a', 10), task('b', 10)]).start();
    runFor(8);
    expect(dispatched).toEqual([
      [3, 'a,b'],
      [10, 'a,b'],
    ]);
    expect(readings).toBe(2);
  });

  it('leaves a plugin that fails alone for twice as long each time, up to MaxReadInterval', () => {
    const asked: number[] = [];
    const failing = task('a', 10, () => {
      asked.push(clock.now() / 1000 - 1_000_800);
      return bad('the disk is gone');
    });
    loopOf([failing], { maxReadIntervalS: 60 }).start();
    runFor(300);
    expect(asked).toEqual([3, 20, 40, 60, 120, 180, 240, 300]);
    expect(logged[0]).toBe('The plugin a gave nothing: the disk is gone.');
  });

  it('reads at its own pace again as soon as it answers', () => {
    let works = false;
    loopOf([task('a', 10, () => (works ? good([list('a')]) : bad('no')))]).start();
    runFor(30);
    works = true;
    runFor(40);
    expect(dispatched.map(([seconds]) => seconds)).toEqual([40, 50, 60, 70]);
  });

  it('never asks again before there was an answer, and takes one that is late for none', () => {
    const pending: ((answer: Answer) => void)[] = [];
    const slow: Task = { name: 'a', intervalS: 10, read: (_, done) => void pending.push(done) };
    const loop = loopOf([slow, task('b', 10)]);
    loop.start();
    runFor(20);
    expect(pending).toHaveLength(1);
    expect(logged).toEqual([]);
    runFor(10);
    expect(logged).toEqual(['The plugin a gave nothing: it has not answered for 27 s.']);
    pending[0]?.(good([list('a')]));
    runFor(10);
    expect(pending).toHaveLength(2);
    expect(dispatched.map(([, plugins]) => plugins)).not.toContain('a');
    expect(loop.stats()).toMatchObject({ skipped: 3, failed: 1 });
  });

  it('gives a late answer the time at which it was asked for', () => {
    const slow: Task = {
      name: 'a',
      intervalS: 10,
      read: (_, done) => void clock.at(clock.now() + 4000, () => done(good([list('a')]))),
    };
    loopOf([slow]).start();
    runFor(12);
    expect(dispatched).toEqual([
      [3, 'a'],
      [10, 'a'],
    ]);
  });

  it('reads nothing more once it is stopped', () => {
    const loop = loopOf([task('a', 10)]);
    loop.start();
    loop.stop();
    runFor(60);
    expect(dispatched).toHaveLength(1);
  });
});
