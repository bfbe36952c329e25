// "Where did my point go?", asked of a whole stack in a simulated world.

import { expect, test } from 'vitest';
import { CARBON_DEFAULTS } from '../../../src/core/carbon/config.ts';
import { LEDGER_METRICS_MAX, makeLedger, type Lost } from '../../../src/core/carbon/ledger.ts';
import { readSchemas } from '../../../src/core/carbon/schemas.ts';
import { makeStack, type Stack } from '../../../src/core/stack.ts';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import { stepLines } from '../../../src/core/trace/step.ts';
import { CLINIC_HOST } from '../../../src/core/world/sensors.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const T = 1_700_000_040;

function makeStarted(): { world: World; stack: Stack } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const schemas = readSchemas('[all]\npattern = .*\nretentions = 10s:10m,1m:1h\n');
  if (!schemas.ok) throw new Error(schemas.why);
  const stack = makeStack(world.host(CLINIC_HOST), {
    hostname: 'clinic',
    collector: { hostname: null, intervalS: 10, plugins: {}, writeGraphite: [] },
    statsd: { ...STATSD_DEFAULTS, graphite: null },
    carbon: { ...CARBON_DEFAULTS, schemas: schemas.value, ownMetricsIntervalS: 0 },
  });
  return { world, stack };
}

function linesOf(stack: Stack, name: string): readonly string[] {
  const steps = stack.where(name);
  if (!steps.ok) throw new Error(steps.why);
  return stepLines(steps.value);
}

test('tells a metric of which nothing came from one that is stored', () => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  expect(linesOf(stack, 'nothing.came')).toEqual([
    'name      yes     it is kept as nothing.came',
    'received  no      nothing of it came since this Carbon was started: look at the sender, its host and its port',
    'lost      yes     no point of it was lost',
    'cache     yes     nothing waits to be written',
    'file      no      there is none yet; [all] will make it with 10s:10m,1m:1h  [nothing/came.wsp]',
  ]);
  stack.carbon.append([{ path: 'web1.load', value: 0.5, time: T - 1 }]);
  expect(linesOf(stack, 'web1.load')[3]).toBe(
    `cache     partly  1 wait to be written, the newest of ${T - 1}: 0.5`,
  );
  world.clock.run((T + 5) * 1000);
  expect(linesOf(stack, 'web1.load').slice(3)).toEqual([
    'cache     yes     nothing waits to be written',
    'file      yes     it keeps 10s:10m,1m:1h by average  [web1/load.wsp]',
    `slot      yes     the newest is ${T - 10}, 10 s before that of now: 0.5  [web1/load.wsp, bytes 40-51]`,
    expect.stringMatching(/^rollup 1 {2}no/),
  ]);
});

test('counts what is lost, by reason, with the last one as an example', () => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  stack.carbon.append([
    { path: 't;b=2;a=1', value: 1, time: T - 9 },
    { path: 't;b=2;a=1', value: 2, time: T - 8 },
    { path: 't;b=2;a=1', value: 3, time: T - 7 },
    { path: 't;b=2;a=1', value: 4, time: T - 100_000 },
  ]);
  world.clock.run((T + 5) * 1000);
  const lines = linesOf(stack, 't;b=2;a=1');
  expect(lines[0]).toBe('name      yes     t;b=2;a=1 is kept as t;a=1;b=2');
  expect(lines.slice(2, 4)).toEqual([
    expect.stringMatching(/^lost {6}no {6}2 points in a slot that a later one took; /),
    `lost      no      1 point older than every archive of the file; the last 4 s ago: time ${T - 100_000}, value 4.0`,
  ]);
  expect(stack.carbon.stats()).toMatchObject({ tooOld: 1, overwritten: 2 });
});

test('a name that no file can have is refused in words', () => {
  const { stack } = makeStarted();
  expect(stack.where('a..b')).toMatchObject({ ok: false });
});

test('the ledger forgets of many metrics those that lost nothing for longest, and keeps the totals', () => {
  const ledger = makeLedger();
  const last: Lost = { atS: 1, time: null, value: null, from: null };
  ledger.lose('tooOld', 'first', 5, last);
  for (let i = 0; i < LEDGER_METRICS_MAX; i++) ledger.lose('tooOld', `m${i}`, 1, last);
  expect(ledger.of('first')).toEqual([]);
  expect(ledger.of('m0')).toEqual([{ loss: 'tooOld', points: 1, last }]);
  expect(ledger.total('tooOld')).toBe(LEDGER_METRICS_MAX + 5);
});
