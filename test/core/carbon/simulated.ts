// A Carbon in a simulated world, and whoever sends to it.

import { expect } from 'vitest';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import { readAggregations } from '../../../src/core/carbon/aggregation.ts';
import { makeCarbon, type Carbon, type CarbonHost } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../../src/core/carbon/config.ts';
import { readSchemas } from '../../../src/core/carbon/schemas.ts';
import type { Connection } from '../../../src/core/host/net.ts';
import { makeTree } from '../../../src/core/whisper/tree.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

export const T = 1_700_000_000;
export const LINE = { host: '127.0.0.1', port: 2003 };
export const PICKLE = { host: '127.0.0.1', port: 2004 };

export function makeStarted(
  changes: Partial<CarbonConfig> = {},
  hostIn: (world: World) => Partial<CarbonHost> = () => ({}),
): { world: World; carbon: Carbon } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const schemas = readSchemas('[all]\npattern = .*\nretentions = 1s:1h,1m:1d\n');
  const aggregations = readAggregations(null);
  if (!schemas.ok || !aggregations.ok) throw new Error('The configuration is wrong.');
  const carbon = makeCarbon(
    { ...world, ...hostIn(world) },
    {
      ...CARBON_DEFAULTS,
      udp: LINE,
      schemas: schemas.value,
      aggregations: aggregations.value,
      ownMetricsIntervalS: 0,
      ...changes,
    },
  );
  let opened = false;
  carbon.start((result) => {
    opened = result.ok;
  });
  pass(world, 0);
  expect(opened).toBe(true);
  return { world, carbon };
}

export function pass(world: World, seconds: number): void {
  world.clock.run(world.clock.now() + seconds * 1000);
}

export function dial(world: World, to: { host: string; port: number }) {
  let connection: Connection | null = null;
  let isOpen = true;
  world.net.connect(to, {
    opened(made) {
      connection = made;
    },
    received: () => undefined,
    closed() {
      isOpen = false;
    },
  });
  pass(world, 0.01);
  return {
    write: (text: string) => connection?.write(encodeUtf8(text)),
    writeBytes: (bytes: Uint8Array) => connection?.write(bytes),
    close: () => connection?.close(),
    isOpen: () => isOpen,
  };
}

export function lastValue(world: World, metric: string): number | null {
  const now = Math.floor(world.clock.now() / 1000);
  const read = makeTree(world.files).read(metric, now - 3000, now, now);
  if (!read.ok) throw new Error(read.why);
  return read.value?.values.findLast((value) => !Number.isNaN(value)) ?? null;
}
