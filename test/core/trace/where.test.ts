// "Where did my point go?", asked of a whole stack in a simulated world.

import { expect, test } from 'vitest';
import { COLLECTOR_DEFAULTS } from '../../../src/core/collect/config.ts';
import { CARBON_DEFAULTS } from '../../../src/core/carbon/config.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import {
  LEDGER_METRICS_MAX,
  LEDGER_SENDERS_MAX,
  makeLedger,
  type Lost,
} from '../../../src/core/carbon/ledger.ts';
import { pickle } from '../../../src/core/carbon/pickle-out.ts';
import { readSchemas } from '../../../src/core/carbon/schemas.ts';
import { EXAMPLE_CHARACTERS_MAX } from '../../../src/core/carbon/unread.ts';
import { makeStack, type Stack } from '../../../src/core/stack.ts';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import { stepLines } from '../../../src/core/trace/step.ts';
import { CLINIC_HOST } from '../../../src/core/world/sensors.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';
import { dial, LINE, pass, PICKLE } from '../carbon/simulated.ts';

const T = 1_700_000_040;

function makeStarted(): { world: World; stack: Stack } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const schemas = readSchemas('[all]\npattern = .*\nretentions = 10s:10m,1m:1h\n');
  if (!schemas.ok) throw new Error(schemas.why);
  const stack = makeStack(world.host(CLINIC_HOST), {
    hostname: 'clinic',
    collector: COLLECTOR_DEFAULTS,
    statsd: { ...STATSD_DEFAULTS, graphite: null },
    carbon: { ...CARBON_DEFAULTS, schemas: schemas.value, ownMetricsIntervalS: 0 },
  });
  return { world, stack };
}

function linesOf(stack: Stack, name: string | null): readonly string[] {
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
    expect.stringMatching(/^rollup 1 {2}no {6}xFilesFactor 0\.5 needs 3 of 6/),
    expect.stringMatching(/^rollup 1 {2}no {6}1m:1h has no value for .*: 1 of 6 points known/),
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
    `lost      no      1 point older than every archive of the file; the last 4 s ago: time ${T - 100_000}, value 4.0; send sooner, or have new files keep more by storage-schemas.conf`,
  ]);
  expect(stack.carbon.stats()).toMatchObject({ tooOld: 1, overwritten: 2 });
});

test('a line with a typo is found by its name, with what is wrong and the line', () => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  const sender = dial(world, LINE);
  sender.write(`web1.load abc ${T}\nweb1.load xyz ${T}\n`);
  pass(world, 1);
  expect(linesOf(stack, 'web1.load').slice(1, 3)).toEqual([
    'received  no      of what came since this Carbon was started nothing could be taken',
    expect.stringMatching(
      /^lost {6}no {6}2 lines that could not be read: a value that is not a number; the last 1 s ago: "web1\.load xyz 1700000040", from 127\.0\.0\.1:\d+$/,
    ),
  ]);
});

test('who asks for a metric of which nothing came is told whose lines could not be read', () => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  dial(world, LINE).write(`web1.laod 0.5\n`);
  dial(world, LINE).write('web1.load; \x1b[31m\u202e 1 2 3\n');
  pass(world, 1);
  const unread = (name: string): readonly string[] =>
    linesOf(stack, name).filter((line) => line.startsWith('unread'));
  expect(unread('web1.load')).toEqual([
    expect.stringContaining(
      'from 127.0.0.1 came 1 line that could not be read: more than the three fields "metric value timestamp"; the last 1 s ago: "web1.load; \\x1b[31m\\u{202e} 1 2 3", from 127.0.0.1:',
    ),
    expect.stringContaining('fewer than the three fields'),
  ]);
  stack.carbon.append([{ path: 'web1.load', value: 1, time: T }]);
  expect(unread('web1.load')).toEqual([]);
});

test.each<readonly [string, typeof LINE, string | Uint8Array, RegExp, string | null]>([
  ['no newline', LINE, 'a.b 1 17', /1 line .*: no newline at the end; .*"a\.b 1 17", from/, 'a.b'],
  ['too long', LINE, `a.b ${'1'.repeat(20_000)}\n`, /1 line .*longer than a line may be/, 'a.b'],
  ['no text', LINE, Uint8Array.of(97, 255, 32, 49, 10), /1 line .*: not UTF-8 text/, null],
  ['no time', LINE, 'a.b 1 nan\n', /1 line .*: a timestamp that is not a time/, 'a.b'],
  ['an empty line', LINE, '\n', /1 line .*: fewer than .*: "", from/, null],
  ['a broken pickle', PICKLE, frameOf(Uint8Array.of(1, 2, 3)), /1 pickle .*: broken, or/, null],
  [
    'an element that is no point',
    PICKLE,
    frameOf(pickle([{ tuple: ['a.b', { tuple: [T, 'much'] }] }])),
    /1 element of a pickle .*; the last 0 s ago: Timestamp or value of "a\.b" in the pickle is not a number, from/,
    'a.b',
  ],
  ['a long frame', PICKLE, Uint8Array.of(9, 9, 9, 9), /1 pickle .*: longer than a pickle/, null],
])('%s is in the totals, with its sender', (_, port, bytes, words, name) => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  const sender = dial(world, port);
  if (typeof bytes === 'string') sender.write(bytes);
  else sender.writeBytes(bytes);
  pass(world, 0.1);
  sender.close();
  pass(world, 0.1);
  const lines = linesOf(stack, null);
  expect(lines).toEqual([
    'received  no      0 points were taken since this Carbon was started',
    expect.stringMatching(/^lost {6}no {6}1 [a-z ]+ that could not be read: /),
    expect.stringMatching(words),
  ]);
  expect(lines[2]).toMatch(/^unread {4}no {6}from 127\.0\.0\.1 came /);
  for (const line of lines) expect(line.length).toBeLessThan(EXAMPLE_CHARACTERS_MAX + 250);
  if (name !== null) expect(linesOf(stack, name).join('\n')).toMatch(/lost +no +1 /);
});

test('the totals have every reason, the most first, and the newest sender first', () => {
  const ledger = makeLedger();
  const from = (host: string): Lost & { from: string } => ({
    atS: T,
    time: null,
    value: null,
    from: `${host}:4000`,
    received: '"x"',
  });
  ledger.unread('badValue', 'a', from('10.0.0.1'));
  ledger.lose('tooOld', 'a', 5, from('10.0.0.1'));
  for (let i = 0; i <= LEDGER_SENDERS_MAX; i++) ledger.unread('fewFields', null, from(`h${i}`));
  ledger.unread('badPickle', null, from('h7'));
  expect(ledger.totals().map(({ reason, count }) => `${reason} ${count}`)).toEqual([
    `fewFields ${LEDGER_SENDERS_MAX + 1}`,
    'tooOld 5',
    'badValue 1',
    'badPickle 1',
  ]);
  const senders = ledger.unreadFrom();
  expect(senders).toHaveLength(LEDGER_SENDERS_MAX);
  expect(senders[0]?.host).toBe('h7');
  expect(senders[0]?.entries.map(({ reason }) => reason)).toEqual(['badPickle', 'fewFields']);
  expect(senders.map(({ host }) => host)).not.toContain('10.0.0.1');
});

test('a slot that the xFilesFactor left empty is told with its points, once its time is over', () => {
  const { world, stack } = makeStarted();
  stack.carbon.start(() => undefined);
  const rollups = (): readonly string[] =>
    linesOf(stack, 'rare').filter((line) => line.startsWith('rollup'));
  // Two of six points of one minute, then all six of the next.
  for (const atS of [0, 30, 60, 70, 80, 90, 100, 110]) {
    world.clock.run((T + atS) * 1000);
    stack.carbon.append([{ path: 'rare', value: 1, time: T + atS }]);
    world.clock.run((T + atS + 9) * 1000);
    if (atS < 60) expect(rollups().join()).not.toContain(`has no value for ${T}`);
    else
      expect(rollups()[1]).toBe(
        `rollup 1  no      1m:1h has no value for ${T}: 2 of 6 points known, xFilesFactor 0.5 wants 3; what came is stored in 10s:10m and lasts 600 s there`,
      );
  }
  world.clock.run((T + 121) * 1000);
  expect(rollups()[0]).toContain(`the newest complete slot, ${T + 60}, has 6: it is written`);
  expect(linesOf(stack, 'rare')).toContain('lost      yes     no point of it was lost');
});

test('a name that no file can have is refused in words', () => {
  const { stack } = makeStarted();
  expect(stack.where('a..b')).toMatchObject({ ok: false });
});

test('the ledger forgets of many metrics those that lost nothing for longest, and keeps the totals', () => {
  const ledger = makeLedger();
  const last: Lost = { atS: 1, time: null, value: null, from: null, received: null };
  ledger.lose('tooOld', 'first', 5, last);
  for (let i = 0; i < LEDGER_METRICS_MAX; i++) ledger.lose('tooOld', `m${i}`, 1, last);
  expect(ledger.of('first')).toEqual([]);
  expect(ledger.of('m0')).toEqual([{ reason: 'tooOld', count: 1, last }]);
  expect(ledger.total('tooOld')).toBe(LEDGER_METRICS_MAX + 5);
});
