// StatsD and the collector when somebody sets the clock: the next flush and the next reading come when they would have.

import { expect, test } from 'vitest';
import { decodeUtf8Lossy } from '../../src/core/base/text.ts';
import { makeCollector } from '../../src/core/collect/collector.ts';
import { readCollectorConfig } from '../../src/core/collect/config.ts';
import { STATSD_DEFAULTS } from '../../src/core/statsd/config.ts';
import { makeStatsd } from '../../src/core/statsd/statsd.ts';
import { CLINIC_HOST } from '../../src/core/world/sensors.ts';
import { makeWorld } from '../../src/core/world/world.ts';
import { makeSettableClock, type SettableClock } from './settable-clock.ts';

const T = 1_700_000_000;
const CARBON = { host: '127.0.0.1', port: 2003 };
const COLLECTOR_CONF = `
Interval 10
LoadPlugin load
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "carbon">
    Host "${CARBON.host}"
    Port "${CARBON.port}"
  </Node>
</Plugin>
`;

type Place = ReturnType<typeof makePlace>;

const STAGES: readonly (readonly [string, string, (place: Place) => void])[] = [
  ['StatsD', 'statsd.numStats', startStatsd],
  ['the collector', 'host1.load.load.shortterm', startCollector],
];
const JUMPS_S = [-31_536_000, -86_400, -3600, -65, 65, 3600, 86_400, 31_536_000];

test.each(STAGES)('%s sends every ten seconds whatever the date does', (_, metric, startStage) => {
  for (const jumpS of JUMPS_S) {
    const place = makePlace();
    startStage(place);
    place.pass(25);
    place.clock.setBy(jumpS);
    const before = place.lines().length;
    place.pass(40);
    const times = place
      .lines()
      .slice(before)
      .filter((line) => line.startsWith(`${metric} `))
      .map((line) => Number(line.split(' ')[2]) - T - jumpS);
    // Ten seconds are counted from where the stage does so; by another date that may be half of them sooner or later.
    expect([jumpS, times[0]]).toEqual([jumpS, 30]);
    expect([jumpS, between(times[1], 35, 45)]).toEqual([jumpS, true]);
    for (const [index, time] of times.slice(2).entries())
      expect(time - (times[index + 1] ?? 0)).toBe(10);
    expect(times.length).toBeGreaterThanOrEqual(3);
  }
});

function between(time: number | undefined, from: number, until: number): boolean {
  return time !== undefined && time >= from && time <= until;
}

function makePlace() {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const clock: SettableClock = makeSettableClock(world.clock);
  let text = '';
  world.net.listenTcp(
    CARBON,
    () => ({
      received: (bytes) => void (text += decodeUtf8Lossy(bytes)),
      closed: () => undefined,
    }),
    () => undefined,
  );
  return {
    world,
    clock,
    pass: (seconds: number) => world.clock.run(world.clock.now() + seconds * 1000),
    lines: (): readonly string[] => text.split('\n').slice(0, -1),
  };
}

function startStatsd({ world, clock }: Place): void {
  makeStatsd({ ...world, clock }, { ...STATSD_DEFAULTS, graphite: CARBON }).start(() => undefined);
}

function startCollector({ world, clock }: Place): void {
  const read = readCollectorConfig(COLLECTOR_CONF);
  if (!read.ok) throw new Error(read.why);
  makeCollector({ ...world.host(CLINIC_HOST), clock }, 'host1', read.value.config).start();
}
