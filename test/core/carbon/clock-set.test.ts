// Somebody sets the clock of the machine, or its time service does: what waits, waits as long as it would have, and what
// has a rate keeps it.

import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import type { Carbon } from '../../../src/core/carbon/carbon.ts';
import type { CarbonConfig } from '../../../src/core/carbon/config.ts';
import { JOURNAL_FOLDER } from '../../../src/core/carbon/journal.ts';
import { LINES_PER_MINUTE_MAX } from '../../../src/core/carbon/quiet-log.ts';
import { makeWorldFiles, type WorldFiles } from '../../../src/core/world/files.ts';
import type { World } from '../../../src/core/world/world.ts';
import { storedFile } from '../../tools/stored-file.ts';
import { makeSettableClock, type SettableClock } from '../settable-clock.ts';
import { dial, LINE, makeStarted, pass, T } from './simulated.ts';

const HOUR_S = 3600;
const DAY_S = 86_400;
const SYNC_MS = 5;

interface Place {
  readonly world: World;
  readonly carbon: Carbon;
  readonly clock: SettableClock;
  /** Where the journal is. */
  readonly state: WorldFiles;
}

function makeSettable(changes: Partial<CarbonConfig> = {}, cpuMs = () => 0): Place {
  const made: Pick<Place, 'clock' | 'state'>[] = [];
  const { world, carbon } = makeStarted(changes, ({ clock: base }) => {
    const clock = makeSettableClock(base);
    const state = makeWorldFiles((run) => base.at(base.now() + SYNC_MS, run));
    made.push({ clock, state });
    return { clock, state, usage: { cpuMs, memoryBytes: () => 0, elapsedMs: () => 0 } };
  });
  const [{ clock, state }] = made as [Pick<Place, 'clock' | 'state'>];
  return { world, carbon, clock, state };
}

const secondOf = (clock: SettableClock): number => Math.floor(clock.now() / 1000);

/** A line of the metric `m` every second. */
function sendEverySecond({ world, carbon, clock }: Place, seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    carbon.append([{ path: 'm', value: second, time: secondOf(clock) }]);
    pass(world, 1);
  }
}

const segments = ({ state }: Place): readonly string[] =>
  state.list(JOURNAL_FOLDER).map(({ name }) => name);

const BOTH_WAYS = [
  ['back by a day', -DAY_S],
  ['forward by a day', DAY_S],
] as const;

describe.each(BOTH_WAYS)('with the clock set %s', (_, jumpS) => {
  test('old segments of the journal go as before', () => {
    const place = makeSettable();
    sendEverySecond(place, 200);
    place.clock.setBy(jumpS);
    sendEverySecond(place, 200);
    const names = segments(place);
    expect(names.length).toBeLessThanOrEqual(2);
    expect(names.at(-1)).toBe('00000007.log');
  });

  test('a segment goes after ten minutes though a metric waits for its file, and no sooner', () => {
    const place = makeSettable({ createsPerMinuteMax: 1 });
    sendEverySecond(place, 10);
    // This one waits for a file longer than the test takes.
    place.clock.setBy(jumpS);
    for (let i = 0; i < 60; i++)
      place.carbon.append([{ path: `waits${i}`, value: i, time: secondOf(place.clock) }]);
    sendEverySecond(place, 500);
    expect(segments(place)[0]).toBe('00000001.log');
    sendEverySecond(place, 300);
    expect(segments(place)[0]).not.toBe('00000001.log');
    expect(place.carbon.query('waits59')).toHaveLength(1);
  });

  test('a metric that never rests is written within seconds', () => {
    const { world, carbon, clock } = makeSettable({ writeIntervalMs: 100 });
    const sendAlways = (seconds: number): void => {
      // Within each sync comes another one.
      for (let i = 0; i < 250 * seconds; i++) {
        carbon.append([{ path: 'restless', value: i, time: secondOf(clock) }]);
        pass(world, 0.004);
      }
    };
    sendAlways(3);
    expect(carbon.stats().committedPoints).toBe(0);
    clock.setBy(jumpS);
    sendAlways(1);
    expect(carbon.stats().committedPoints).toBe(0);
    sendAlways(3);
    expect(carbon.stats().committedPoints).toBeGreaterThan(0);
  });

  test('idle connections are closed when they were idle for so long, and no others', () => {
    const { world, clock } = makeSettable({ idleS: 10 });
    const sender = dial(world, LINE);
    pass(world, 5);
    clock.setBy(jumpS);
    pass(world, 4);
    expect(sender.isOpen()).toBe(true);
    pass(world, 3);
    expect(sender.isOpen()).toBe(false);
  });

  test('files are made and written to at the rate that is allowed', () => {
    const creates = makeSettable({ createsPerMinuteMax: 60 });
    const updates = makeSettable({ updatesPerSecondMax: 5, createsPerMinuteMax: Infinity });
    for (const { world, carbon, clock } of [creates, updates]) {
      const time = secondOf(clock);
      carbon.append(Array.from({ length: 200 }, (_, i) => ({ path: `m${i}`, value: i, time })));
      pass(world, 5);
      clock.setBy(jumpS);
    }
    const made = creates.carbon.stats().creates;
    const written = updates.carbon.stats().updateOperations;
    for (const { world } of [creates, updates]) pass(world, 10);
    expect(creates.carbon.stats().creates - made).toBe(10);
    expect(updates.carbon.stats().updateOperations - written).toBe(50);
  });

  test('what it costs is told over the time that passed', () => {
    let cpuMs = 0;
    const { world, carbon, clock } = makeSettable(
      { ownMetricsIntervalS: 10, writeIntervalMs: 60_000 },
      () => (cpuMs += 500),
    );
    pass(world, 5);
    clock.setBy(jumpS);
    pass(world, 6);
    const [told] = carbon.query('carbon.agents.localhost-a.cpuUsage');
    expect(told).toEqual({ time: T + 10 + jumpS, value: 5 });
  });

  test('the log says a text as often in a minute, and what it left out after that minute', () => {
    const { world, clock } = makeSettable();
    const sendBad = (count: number): void => {
      for (let i = 0; i < count; i++) world.net.send(LINE, encodeUtf8('bad'));
      pass(world, 1);
    };
    const said = (): number => world.log.lines().length;
    sendBad(LINES_PER_MINUTE_MAX + 3);
    clock.setBy(jumpS);
    sendBad(10);
    expect(said()).toBe(LINES_PER_MINUTE_MAX);
    pass(world, 60);
    sendBad(1);
    expect(world.log.lines().at(-2)?.facts).toEqual({ lines: 13 });
    expect(said()).toBe(LINES_PER_MINUTE_MAX + 2);
  });
});

test('with MIN_TIMESTAMP_LAG, metrics that get points are written when the lag is over after the clock was set back', () => {
  const place = makeSettable({ strategy: 'timesorted', lagS: 30 });
  sendEverySecond(place, 10);
  place.clock.setBy(-DAY_S);
  sendEverySecond(place, 25);
  expect(place.carbon.stats().committedPoints).toBe(0);
  sendEverySecond(place, 10);
  expect(place.carbon.stats().committedPoints).toBeGreaterThan(30);
});

test('what the journal holds of "now" keeps its time, though the next start has another date', () => {
  const { world, carbon, state, clock } = makeSettable({ createsPerMinuteMax: 0 });
  dial(world, LINE).write('m 5 -1\n');
  pass(world, 1);
  expect(carbon.query('m')).toEqual([{ time: T, value: 5 }]);
  clock.setBy(-HOUR_S);
  const again = makeStarted({}, () => ({ state, clock, files: world.files }));
  expect(again.carbon.stats()).toMatchObject({ metricsReceived: 1, committedPoints: 1, tooOld: 0 });
  // As the real program does, a file takes what lies in its future.
  expect(storedFile(world.files, 'm.wsp')?.archives[0]?.get(T)).toBe(5);
});
