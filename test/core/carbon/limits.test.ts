// What an operator may ask of Carbon: limits, lists, times, tags, and what it tells about itself.

import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import type { CarbonConfig } from '../../../src/core/carbon/config.ts';
import { NO_LISTS } from '../../../src/core/carbon/name-lists.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { metricPath, PATH_RULES } from '../../../src/core/whisper/metric-path.ts';
import { makeTree } from '../../../src/core/whisper/tree.ts';
import type { World } from '../../../src/core/world/world.ts';
import { dial, lastValue, LINE, makeStarted, pass, PICKLE, T } from './simulated.ts';

const BY_NAME = { ...PATH_RULES, hashesTags: false };

describe('connections', () => {
  test('more than MAX_RECEIVER_CONNECTIONS wait until one ends, and lose nothing', () => {
    const { world, carbon } = makeStarted({ connectionsMax: 2 });
    const [first, second, third] = [dial(world, LINE), dial(world, PICKLE), dial(world, LINE)];
    third.write(`third 3 ${T}\n`);
    pass(world, 5);
    expect(carbon.stats()).toMatchObject({ activeConnections: 2, metricsReceived: 0 });
    first.write(`first 1 ${T}\n`);
    pass(world, 5);
    expect(carbon.stats().metricsReceived).toBe(1);
    second.close();
    pass(world, 5);
    expect(lastValue(world, 'third')).toBe(3);
    expect(carbon.stats().activeConnections).toBe(2);
  });

  test('one that waited and ended meanwhile leaves its place to the next', () => {
    const { world, carbon } = makeStarted({ connectionsMax: 1 });
    const [first, second, third] = [dial(world, LINE), dial(world, LINE), dial(world, LINE)];
    second.write(`second 2 ${T}\n`);
    second.close();
    third.write(`third 3 ${T}\n`);
    pass(world, 1);
    first.close();
    pass(world, 2);
    expect([lastValue(world, 'second'), lastValue(world, 'third')]).toEqual([2, 3]);
    expect(carbon.stats().activeConnections).toBe(1);
  });

  test('one without a point for METRIC_CLIENT_IDLE_TIMEOUT is closed', () => {
    const { world } = makeStarted({ idleS: 10 });
    const [idle, busy, noisy] = [dial(world, LINE), dial(world, LINE), dial(world, LINE)];
    for (let i = 0; i < 3; i++) {
      pass(world, 6);
      busy.write(`busy 1 ${T}\n`);
      noisy.write('no point\n');
    }
    expect([idle.isOpen(), busy.isOpen(), noisy.isOpen()]).toEqual([false, true, false]);
  });

  test('is not closed for a silence that is our own', () => {
    const { world, carbon } = makeStarted({ idleS: 10, cacheSizeMax: 1 });
    world.files.setFreeBytes(0);
    const sender = dial(world, LINE);
    sender.write(`a 1 ${T}\nb 1 ${T}\n`);
    pass(world, 60);
    expect(carbon.stats().cacheSize).toBe(2);
    expect(sender.isOpen()).toBe(true);
    world.files.setFreeBytes(Infinity);
    pass(world, 15);
    expect(sender.isOpen()).toBe(false);
  });

  test('without flow control points are dropped where the cache is full, and nobody waits', () => {
    const { world, carbon } = makeStarted({ slowsSenders: false, cacheSizeMax: 10 });
    const sender = dial(world, LINE);
    sender.write(Array.from({ length: 12 }, (_, i) => `m 1 ${T - i}\n`).join(''));
    sender.write(`m 2 ${T}\n`);
    pass(world, 0.1);
    expect(carbon.stats()).toMatchObject({ cacheSize: 10, overflow: 2, metricsReceived: 13 });
    expect(carbon.query('m')[0]).toEqual({ time: T, value: 2 });
  });

  test('are logged as LOG_LISTENER_CONN_SUCCESS says', () => {
    const texts = (logsConnections: boolean): readonly string[] => {
      const { world } = makeStarted({ logsConnections });
      dial(world, LINE).close();
      pass(world, 1);
      return world.log.lines().map(({ text }) => text);
    };
    expect(texts(true)).toEqual(['A connection was opened.', 'A connection was closed.']);
    expect(texts(false)).toEqual([]);
  });
});

describe('lists of names', () => {
  test('keep names out, by the name as it came, and count them', () => {
    const { world, carbon } = makeStarted({
      lists: { whitelist: [/^in\./u], blacklist: [/;b=2;a=1$/u, /noisy/u] },
    });
    dial(world, LINE).write(
      `in.a 1 ${T}\nout 1 ${T}\nin.noisy 1 ${T}\nin.t;b=2;a=1 1 ${T}\nin.t;a=1;b=2 1 ${T}\n`,
    );
    pass(world, 0.5);
    expect(carbon.waiting()).toEqual(['in.a', 'in.t;a=1;b=2']);
    expect(carbon.stats()).toMatchObject({
      metricsReceived: 2,
      whitelistRejects: 1,
      blacklistMatches: 2,
    });
    expect(carbon.append([{ path: 'out', time: T, value: 1 }])).toEqual({
      stored: 0,
      dropped: 1,
      why: 'The whitelist keeps this name out.',
    });
  });

  test('count from the moment they change, also for names that were let in before', () => {
    const { world, carbon } = makeStarted();
    const sender = dial(world, LINE);
    const send = (): void => {
      sender.write(`a 1 ${T}\n`);
      pass(world, 0.1);
    };
    send();
    carbon.setLists({ whitelist: [], blacklist: [/a/u] });
    send();
    carbon.setLists(NO_LISTS);
    send();
    expect(carbon.stats()).toMatchObject({ metricsReceived: 2, blacklistMatches: 1 });
  });
});

describe('times', () => {
  const kept = (changes: Partial<CarbonConfig>, times: readonly (string | number)[]): unknown => {
    const { world, carbon } = makeStarted({ ...changes, writeIntervalMs: 60_000 });
    const sender = dial(world, LINE);
    sender.write(times.map((time) => `m 1 ${time}\n`).join(''));
    pass(world, 0.25);
    return carbon.query('m').map(({ time }) => time);
  };

  test.each([
    [1, [T]],
    [0, [T + 0.011]],
    [10, [T]],
    [60, [T - (T % 60)]],
  ])('-1 and -1.5 are now, with a resolution of %d s', (resolutionS, times) => {
    expect(kept({ resolutionS }, ['-1'])).toEqual(times);
    expect(kept({ resolutionS }, ['-1.5'])).toEqual(times);
  });

  test.each([
    [1, [T, T + 7]],
    [0, [T + 0.25, T + 0.75, T + 7.5]],
    [10, [T]],
  ])('fractions and all are kept by the resolution of %d s', (resolutionS, times) => {
    expect(kept({ resolutionS }, [`${T}.25`, `${T}.75`, `${T + 7}.5`])).toEqual(times);
  });

  test('in the far future are kept, in milliseconds or before 1970 are not', () => {
    expect(kept({}, [T + 100_000_000, `${T}000`, -2, '4294967295', '4294967296'])).toEqual([
      T + 100_000_000,
      4_294_967_295,
    ]);
  });

  test('with fractions are whole in the file, and the first of a second stays', () => {
    const { world } = makeStarted({ resolutionS: 0 });
    dial(world, LINE).write(`m 2 ${T}.75\nm 1 ${T}.25\nm 3 ${T - 1}.5\n`);
    pass(world, 2);
    const read = makeTree(world.files).read('m', T - 2, T, T);
    expect(read.ok && [...(read.value?.values ?? [])]).toEqual([3, 1]);
  });

  test('wait for MIN_TIMESTAMP_LAG with timesorted, and for the end no longer', () => {
    const { world, carbon } = makeStarted({ strategy: 'timesorted', lagS: 30 });
    dial(world, LINE).write(`old 1 ${T - 60}\nnew 1 ${T}\n`);
    pass(world, 3);
    expect(carbon.waiting()).toEqual(['new']);
    pass(world, 30);
    expect(carbon.waiting()).toEqual([]);
    carbon.append([{ path: 'last', value: 1, time: T + 33 }]);
    carbon.stop((unwritten) => expect(unwritten).toBe(0));
    expect(lastValue(world, 'last')).toBe(1);
  });
});

describe('a file of a tagged metric', () => {
  const NAME = 'some.metric;tag1=value2;tag2=value.2';
  const HASHED =
    '_tagged/eff/aae/effaae5b55950b150a7493d2f5430772ca2460bf7cccb4d9e523643df54c010f.wsp';
  const READABLE = '_tagged/eff/aae/some_DOT_metric;tag1=value2;tag2=value_DOT_2.wsp';

  function write(world: World): void {
    dial(world, LINE).write(`some.metric;tag2=value.2;tag1=value2 7 ${T}\n`);
    pass(world, 2);
  }

  test('has its hash as name, or with TAG_HASH_FILENAMES = False the name itself', () => {
    const byHash = makeStarted().world;
    const byName = makeStarted({ paths: BY_NAME }).world;
    write(byHash);
    write(byName);
    expect([byHash.files.exists(HASHED), byHash.files.exists(READABLE)]).toEqual([true, false]);
    expect([byName.files.exists(HASHED), byName.files.exists(READABLE)]).toEqual([false, true]);
    // Readers find either.
    for (const world of [byHash, byName]) expect(lastValue(world, NAME)).toBe(7);
  });

  test('is renamed when it has its name from before', () => {
    const { world } = makeStarted();
    createWhisper(world.files, READABLE, [{ secondsPerPoint: 1, points: 1234 }]);
    write(world);
    expect([world.files.exists(HASHED), world.files.exists(READABLE)]).toEqual([true, false]);
    expect(lastValue(world, NAME)).toBe(7);
    // It is the old file, and no new one.
    const archive = makeTree(world.files).read(NAME, T - 1200, T, T);
    expect(archive.ok && archive.value?.values).toHaveLength(1200);
  });

  test('cannot have a name that is too long, unless that is a hash', () => {
    const name = `m;tag=${'x'.repeat(300)}`;
    expect(metricPath(name).ok).toBe(true);
    expect(metricPath(name, BY_NAME).ok).toBe(false);
    expect(metricPath('m;a=x//y', BY_NAME).ok).toBe(false);
    expect(metricPath('m;a=../../x', BY_NAME)).toEqual({
      ok: true,
      value: expect.stringMatching(/^_tagged\/...\/...\/m;a=_DOT__DOT_\/_DOT__DOT_\/x\.wsp$/),
    });
  });
});

describe('its own metrics', () => {
  test('have prefix, host and instance in their names', () => {
    const { world } = makeStarted({
      ownMetricsIntervalS: 10,
      metricPrefix: 'own',
      hostName: 'web1.example',
      instance: 'b',
      lists: { whitelist: [/^m$/u], blacklist: [] },
    });
    dial(world, LINE).write(`m 1 ${T}\nn 1 ${T}\n`);
    pass(world, 12);
    expect(lastValue(world, 'own.agents.web1_example-b.metricsReceived')).toBe(1);
    expect(lastValue(world, 'own.agents.web1_example-b.whitelistRejects')).toBe(1);
  });

  test('tell what the process costs, where the host can tell', () => {
    let cpuMs = 500;
    let elapsedMs = 0;
    const usage = {
      cpuMs: () => (cpuMs += 500),
      memoryBytes: () => 123_456_789,
      // Each turn of the writer takes 3 ms.
      elapsedMs: () => (elapsedMs += 3),
    };
    const { world } = makeStarted({ ownMetricsIntervalS: 10 }, () => ({ usage }));
    dial(world, LINE).write(`a 1 ${T}\nb 1 ${T}\n`);
    pass(world, 12);
    const own = (name: string): number | null =>
      lastValue(world, `carbon.agents.localhost-a.${name}`);
    expect([own('cpuUsage'), own('memUsage')]).toEqual([5, 123_456_789]);
    // Two updates in the turns of ten seconds.
    expect(own('avgUpdateTime')).toBeCloseTo((0.003 * 9) / 2, 5);
  });

  test('tell nothing of costs in a page, and nothing of updates where there are none', () => {
    const { world } = makeStarted({ ownMetricsIntervalS: 10 });
    pass(world, 12);
    const names = makeTree(world.files)
      .find('carbon.agents.localhost-a.*')
      .map(({ path }) => path.split('.').at(-1));
    expect(names).toContain('updateOperations');
    for (const name of ['cpuUsage', 'memUsage', 'avgUpdateTime', 'pointsPerUpdate'])
      expect(names).not.toContain(name);
  });
});

test('files are told of as LOG_CREATES and LOG_UPDATES say', () => {
  const texts = (logsCreates: boolean, logsUpdates: boolean): readonly string[] => {
    const { world } = makeStarted({ logsCreates, logsUpdates });
    world.net.send(LINE, encodeUtf8(`a 1 ${T}`));
    pass(world, 2);
    return world.log.lines().map(({ text }) => text);
  };
  expect(texts(true, false)).toEqual(['Made a file for a new metric.']);
  expect(texts(false, true)).toEqual(['Wrote points.']);
});
