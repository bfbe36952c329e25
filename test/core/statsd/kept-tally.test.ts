import { expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import { makeRandom } from '../../../src/core/base/random.ts';
import { STATSD_DEFAULTS, type StatsdConfig } from '../../../src/core/statsd/config.ts';
import { flushText } from '../../../src/core/statsd/flush.ts';
import { loadTally, saveTally } from '../../../src/core/statsd/kept-tally.ts';
import { makeStatsd, type Statsd } from '../../../src/core/statsd/statsd.ts';
import { makeTally, type Tally } from '../../../src/core/statsd/tally.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 7;
const FLIPS = timesInTier(2000);
const NAME = 'statsd.state';
const T = 1_700_000_000;
const FACTS = {
  elapsedMs: () => 0,
  lastExceptionS: 0,
  lastFlushS: 0,
  flushTimeMs: 0,
  flushLength: 0,
};
const PACKETS =
  'logins:3|c\n7:1|c\n__proto__:2|c\nwait:320|ms|@0.1:12|ms\nbeds:12.5|g\nbeds:-3|g\nstaff:anna|s:é "|s\nidle:0|c';

test('a StatsD that starts again goes on with counters, timers, gauges and sets as they were', () => {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const first = start(world);
  first.receive(PACKETS);
  const before = textOf(first.tally());
  first.stop(() => undefined);
  expect(first.stats().flushes).toBe(0);
  const second = start(world);
  expect(textOf(second.tally())).toBe(before);
  second.receive('logins:4|c\nbeds:+1|g\nwait:1|ms');
  expect(second.tally().counters.get('logins')?.sum).toBe(7);
  expect(second.tally().gauges.get('beds')?.value).toBe(10.5);
  expect(second.tally().timers.get('wait')).toEqual({ values: [320, 12, 1], count: 12 });
});

test('after a flush the file has gauges and names, and nothing that was sent', () => {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  start(world).receive(PACKETS);
  world.clock.run((T + 21) * 1000);
  const killed = start(world);
  expect(killed.tally().counters.get('logins')?.sum).toBe(0);
  expect(killed.tally().gauges.get('beds')?.value).toBe(9.5);
  expect(killed.tally().sets.get('staff')?.size).toBe(0);
  // How late the last one was is nothing that this one could tell.
  world.clock.run((T + 31) * 1000);
  expect(killed.tally().gauges.has('statsd.timestamp_lag')).toBe(false);
});

test('gauges that go after some flushes go after as many', () => {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const changes = { deleteGauges: true, gaugesMaxTTL: 3 };
  start(world, changes).receive('beds:1|g');
  world.clock.run((T + 11) * 1000);
  const second = start(world, changes);
  world.clock.run((T + 21) * 1000);
  expect(second.tally().gauges.get('beds')?.value).toBe(1);
  world.clock.run((T + 31) * 1000);
  expect(second.tally().gauges.has('beds')).toBe(false);
});

test('keeps what JSON has no word for', () => {
  const { files } = makeWorld({ seed: 1, startMs: 0 });
  const tally = makeTally('statsd');
  tally.counters.set('a', { sum: Infinity }).set('b', { sum: NaN });
  tally.gauges.set('c', { value: -Infinity, flushesLeft: Infinity });
  expect(saveTally({ files, name: NAME }, tally).ok).toBe(true);
  const again = makeTally('statsd');
  loadTally({ files, name: NAME }, again, { say: () => undefined });
  expect(again).toEqual(tally);
});

test('without room on the disk a stop flushes as if there were no file', () => {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const statsd = start(world);
  statsd.receive(PACKETS);
  world.files.setFreeBytes(0);
  statsd.stop(() => undefined);
  expect(statsd.stats().flushes).toBe(1);
});

test(`a file that was changed in ${FLIPS} ways is put aside with a sentence, or is another tally, and is never fatal (seed ${SEED})`, () => {
  const random = makeRandom(SEED);
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const statsd = start(world);
  statsd.receive(PACKETS);
  statsd.stop(() => undefined);
  const whole = world.files.readAll(NAME) ?? new Uint8Array(0);
  for (let flip = 0; flip < FLIPS; flip++) {
    const { files } = makeWorld({ seed: 1, startMs: 0 });
    const bytes = whole.slice(0, random.chance(0.3) ? random.below(whole.length) : whole.length);
    const at = random.below(Math.max(1, bytes.length));
    if (random.chance(0.7)) bytes[at] = random.below(256);
    files.replace(NAME, bytes);
    const said: unknown[] = [];
    const tally = makeTally('statsd');
    loadTally({ files, name: NAME }, tally, { say: (_, text, facts) => said.push(text, facts) });
    if (said.length === 0) continue;
    expect(said).toEqual([
      'Put the state file aside, which cannot be read; counting begins anew.',
      expect.objectContaining({ file: NAME, aside: `${NAME}.corrupt-1` }),
    ]);
    expect(tally).toEqual(makeTally('statsd'));
    expect(files.exists(NAME)).toBe(false);
  }
});

test.each([
  ['', 'its first line is not {"tally":1}'],
  ['{"tally":2}\n{"keys":0}\n', 'its first line is not {"tally":1}'],
  ['{"tally":1}\n["c","a",1]\n', 'it was cut short'],
  ['{"tally":1}\n["c","a","1"]\n{"keys":1}\n', 'its line 2 is no entry of a tally'],
  [
    '{"tally":1}\n["c","a",1]\n["t","b",1,[1,null]]\n{"keys":2}\n',
    'its line 3 is no entry of a tally',
  ],
])('says what is wrong with %j', (text, why) => {
  const world = makeWorld({ seed: 1, startMs: 0 });
  world.files.replace(NAME, encodeUtf8(text));
  start(world);
  expect(world.log.lines()[0]?.facts['why']).toBe(why);
  expect(decodeUtf8Lossy(world.files.readAll(`${NAME}.corrupt-1`) ?? new Uint8Array(1))).toBe(text);
});

function start(world: World, changes: Partial<StatsdConfig> = {}): Statsd {
  const statsd = makeStatsd(
    { ...world, tallyFile: { files: world.files, name: NAME } },
    { ...STATSD_DEFAULTS, servers: [], ...changes },
  );
  statsd.start(() => undefined);
  return statsd;
}

function textOf(tally: Tally): string {
  return flushText(tally, STATSD_DEFAULTS, T, FACTS);
}
