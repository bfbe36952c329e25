import { expect, test } from 'vitest';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import { makeStatsd, type Statsd } from '../../../src/core/statsd/statsd.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const KEY = 'statsd.packets_dropped_by_kernel';
const AT = (port: number) => ({ host: '127.0.0.1', port });

test('counts what was dropped since the flush before, when the counter of the kernel begins again too', () => {
  let dropped: number | null = 2 ** 32 - 3;
  const asked: (readonly number[])[] = [];
  const { world, statsd } = start(false, (ports) => {
    asked.push(ports);
    return dropped;
  });
  statsd.flushNow();
  expect(packetsTold(world)).toEqual([2 ** 32 - 3]);
  dropped = 4;
  statsd.flushNow();
  statsd.flushNow();
  dropped = null;
  statsd.flushNow();
  expect(packetsTold(world)).toEqual([2 ** 32 - 3, 7]);
  expect(asked).toEqual(Array.from({ length: 4 }, () => [8125, 8127]));
  expect(statsd.tally().counters.get(KEY)?.sum).toBe(0);
});

test('a strict one counts nothing that the real program does not', () => {
  const { statsd } = start(true, () => 5);
  statsd.flushNow();
  expect(statsd.tally().counters.has(KEY)).toBe(false);
});

function start(
  strict: boolean,
  kernelDrops: (ports: readonly number[]) => number | null,
): { world: World; statsd: Statsd } {
  const world = makeWorld({ seed: 1, startMs: 0 });
  const servers = (['udp', 'tcp', 'udp'] as const).map((protocol, i) => ({
    protocol,
    address: AT(8125 + i),
  }));
  const statsd = makeStatsd({ ...world, kernelDrops }, { ...STATSD_DEFAULTS, strict, servers });
  statsd.start(() => undefined);
  world.clock.run(1);
  return { world, statsd };
}

function packetsTold(world: World): unknown[] {
  return world.log.lines().map(({ facts }) => facts['packets']);
}
