import { expect, test } from 'vitest';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import type { KeyCount } from '../../../src/core/statsd/key-flush.ts';
import { makeStatsd } from '../../../src/core/statsd/statsd.ts';
import { makeWorld } from '../../../src/core/world/world.ts';

test('keyFlush tells the most frequent keys, as many as were asked for, and begins again', () => {
  const world = makeWorld({ seed: 1, startMs: 1_700_000_000_000 });
  const told: (readonly KeyCount[])[] = [];
  const statsd = makeStatsd(
    { ...world, keysCounted: (keys) => void told.push(keys) },
    { ...STATSD_DEFAULTS, keyFlush: { intervalMs: 5000, percent: 50, log: null } },
  );
  statsd.start(() => undefined);
  statsd.receive('a:1|c\nb c:1|c:2|c\nb_c:bad\nonce:1|g\na\nb_c:1|s');
  world.clock.run(world.clock.now() + 5000);
  statsd.receive('a:1|c');
  world.clock.run(world.clock.now() + 5000);
  expect(told).toEqual([
    [
      { key: 'b_c', count: 3 },
      { key: 'a', count: 2 },
    ],
    [{ key: 'a', count: 1 }],
  ]);
  statsd.stop(() => undefined);
  world.clock.run(world.clock.now() + 60_000);
  expect(told).toHaveLength(2);
});
