import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import { makeCarbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS } from '../../../src/core/carbon/config.ts';
import { makeWorldFiles } from '../../../src/core/world/files.ts';
import { makeTree } from '../../../src/core/whisper/tree.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import { dial, lastValue, LINE, makeStarted, pass, PICKLE, T } from './simulated.ts';

describe('carbon', () => {
  test('writes what arrives by line, packet, pickle and call', () => {
    const { world, carbon } = makeStarted();
    const sender = dial(world, LINE);
    sender.write(`a.line 1 ${T}\n`);
    world.net.send(LINE, encodeUtf8(`a.packet 2 ${T}\nbad\n`));
    const pickles = dial(world, PICKLE);
    pickles.writeBytes(frameOf(encodeUtf8(`(l(S'a.pickle'\n(I${T}\nF3\ntta.`)));
    expect(carbon.append([{ path: 'a.call', value: 4, time: T }])).toEqual({
      stored: 1,
      dropped: 0,
      why: null,
    });
    pass(world, 2);
    expect(
      ['a.line', 'a.packet', 'a.pickle', 'a.call'].map((metric) => lastValue(world, metric)),
    ).toEqual([1, 2, 3, 4]);
    expect(carbon.stats()).toMatchObject({
      metricsReceived: 4,
      committedPoints: 4,
      creates: 4,
      invalidLines: 1,
      cacheSize: 0,
      activeConnections: 2,
    });
  });

  test('writes as soon as the journal has all that came, though the next round is far away', () => {
    const { world, carbon } = makeStarted({ writeIntervalMs: 60_000 }, ({ clock }) => ({
      state: makeWorldFiles((run) => clock.at(clock.now() + 5, run)),
    }));
    carbon.append([{ path: 'm', value: 1, time: T }]);
    expect(lastValue(world, 'm')).toBeNull();
    pass(world, 0.1);
    expect(lastValue(world, 'm')).toBe(1);
  });

  test('answers from its cache until the points are written', () => {
    const { world, carbon } = makeStarted();
    carbon.append([
      { path: 'm', value: 1, time: T },
      { path: 'm', value: 2, time: T },
      { path: 'm', value: 3, time: T - 60 },
    ]);
    expect(carbon.query('m')).toEqual([
      { time: T, value: 2 },
      { time: T - 60, value: 3 },
    ]);
    pass(world, 2);
    expect(carbon.query('m')).toEqual([]);
    expect(lastValue(world, 'm')).toBe(2);
  });

  test('keeps the connection after lines that close it in the real program', () => {
    const { world, carbon } = makeStarted();
    const sender = dial(world, LINE);
    sender.write(`a 1 inf\nb 1 nan\n`);
    sender.writeBytes(Uint8Array.from([0xff, 10]));
    sender.write(`c 1 ${T}\nd nan ${T}\n../e 1 ${T}\nf 1 ${T}000\n`);
    pass(world, 2);
    expect(sender.isOpen()).toBe(true);
    expect(carbon.stats()).toMatchObject({
      metricsReceived: 1,
      invalidLines: 3,
      nanValues: 1,
      badNames: 1,
      badTimes: 1,
    });
    const texts = world.log.lines().map(({ text }) => text);
    expect(texts).toContain(
      'The timestamp 1700000000000 is not a time in seconds since 1970. It looks like milliseconds.',
    );
  });

  test('closes at a line that is too long, and after the end counts an unfinished one', () => {
    const { world, carbon } = makeStarted();
    const long = dial(world, LINE);
    long.write(`ok 1 ${T}\n${'x'.repeat(20_000)}`);
    const cut = dial(world, LINE);
    cut.write(`lost 1 ${T}`);
    pass(world, 0.1);
    cut.close();
    pass(world, 2);
    expect(long.isOpen()).toBe(false);
    expect(carbon.stats()).toMatchObject({
      metricsReceived: 1,
      invalidLines: 2,
      activeConnections: 0,
    });
  });

  test('closes at a frame that is too long, not at a bad pickle', () => {
    const { world, carbon } = makeStarted();
    const sender = dial(world, PICKLE);
    sender.writeBytes(frameOf(encodeUtf8('zzzz')));
    pass(world, 0.1);
    expect(sender.isOpen()).toBe(true);
    sender.writeBytes(Uint8Array.of(0, 32, 0, 0));
    pass(world, 0.1);
    expect(sender.isOpen()).toBe(false);
    expect(carbon.stats().invalidPickles).toBe(2);
  });

  test('takes -1 as now, cuts fractions, sorts tags', () => {
    const { world, carbon } = makeStarted();
    dial(world, LINE).write(`now 1 -1\nfraction 2 ${T}.9\nt;b=2;a=1 3 ${T}\n`);
    pass(world, 0.5);
    expect(carbon.query('now')).toEqual([{ time: T, value: 1 }]);
    expect(carbon.query('fraction')).toEqual([{ time: T, value: 2 }]);
    expect(carbon.query('t;a=1;b=2')).toEqual([{ time: T, value: 3 }]);
    expect(carbon.waiting()).toEqual(['now', 'fraction', 't;a=1;b=2']);
  });

  test('counts and tells points that are older than their file', () => {
    const { world, carbon } = makeStarted();
    carbon.append([
      { path: 'm', value: 1, time: T - 3 * 86400 },
      { path: 'm', value: 2, time: T },
    ]);
    pass(world, 2);
    expect(carbon.stats()).toMatchObject({ tooOld: 1, committedPoints: 1, creates: 1 });
    expect(world.log.lines()).toContainEqual({
      timeMs: (T + 1) * 1000,
      level: 'warning',
      text: 'Dropped points that are older than every archive of their file.',
      facts: { metric: 'm', points: 1, oldest: T - 3 * 86400, retentionS: 86400 },
    });
  });

  test('keeps points while the disk is full, and writes them when there is room', () => {
    const { world, carbon } = makeStarted();
    world.files.setFreeBytes(0);
    carbon.append([{ path: 'm', value: 5, time: T }]);
    pass(world, 3);
    expect(carbon.stats()).toMatchObject({ committedPoints: 0, cacheSize: 1, creates: 0 });
    expect(carbon.stats().errors).toBeGreaterThan(0);
    world.files.setFreeBytes(Infinity);
    pass(world, 2);
    expect(carbon.stats()).toMatchObject({ committedPoints: 1, cacheSize: 0, creates: 1 });
    expect(lastValue(world, 'm')).toBe(5);
  });

  test('puts a file aside that is no Whisper file, and loses no point', () => {
    const { world, carbon } = makeStarted();
    for (const text of ['no', 'still no']) {
      world.files.replace('broken.wsp', encodeUtf8(text));
      carbon.append([
        { path: 'broken', value: 5, time: T },
        { path: 'm', value: 6, time: T },
      ]);
      pass(world, 4);
      world.files.remove('broken.wsp');
    }
    expect(carbon.stats()).toMatchObject({ corrupt: 2, committedPoints: 4, cacheSize: 0 });
    expect(world.files.list('').map(({ name }) => name)).toEqual([
      'broken.wsp.corrupt-1',
      'broken.wsp.corrupt-2',
      'm.wsp',
    ]);
    expect(world.files.readAll('broken.wsp.corrupt-2')).toEqual(encodeUtf8('still no'));
    expect(lastValue(world, 'm')).toBe(6);
  });

  test('writes into a new file what goes to one whose data were cut off', () => {
    const { world, carbon } = makeStarted();
    carbon.append([{ path: 'm', value: 1, time: T }]);
    pass(world, 2);
    const whole = world.files.readAll('m.wsp');
    world.files.replace('m.wsp', whole?.slice(0, 60) ?? new Uint8Array(0));
    carbon.append([{ path: 'm', value: 2, time: T + 2 }]);
    pass(world, 4);
    expect(lastValue(world, 'm')).toBe(2);
    expect(world.files.exists('m.wsp.corrupt-1')).toBe(true);
  });

  test('lets senders wait while the disk is full, and reads on when there is room', () => {
    const { world, carbon } = makeStarted();
    world.files.setFreeBytes(0);
    const sender = dial(world, LINE);
    sender.write(`a 1 ${T}\n`);
    pass(world, 3);
    sender.write(`b 2 ${T}\n`);
    pass(world, 3);
    expect(carbon.stats()).toMatchObject({ metricsReceived: 1, cacheSize: 1, overflow: 0 });
    world.files.setFreeBytes(Infinity);
    pass(world, 4);
    expect(['a', 'b'].map((metric) => lastValue(world, metric))).toEqual([1, 2]);
    const texts = world.log.lines().map(({ text }) => text);
    expect(texts.filter((text) => text.includes('disk'))).toEqual([
      'The disk is full. Points wait, and so do senders, until there is room.',
      'The disk has room again.',
    ]);
  });

  test('makes no more files a minute than allowed; their points wait', () => {
    const { world, carbon } = makeStarted({ createsPerMinuteMax: 2 });
    carbon.append(['a', 'b', 'c', 'd'].map((path) => ({ path, value: 1, time: T })));
    pass(world, 2);
    expect(carbon.stats()).toMatchObject({ creates: 2, cacheSize: 2 });
    pass(world, 60);
    expect(carbon.stats()).toMatchObject({ creates: 4, cacheSize: 0 });
  });

  test('slows its senders down when the cache is full, and drops what still comes', () => {
    const { world, carbon } = makeStarted({ cacheSizeMax: 100, updatesPerTurnMax: 1 });
    world.files.setFreeBytes(0);
    const sender = dial(world, LINE);
    for (let i = 0; i < 3; i++)
      sender.write(Array.from({ length: 60 }, (_, j) => `m 1 ${T - i * 60 - j}\n`).join(''));
    pass(world, 0.5);
    // The second piece still came in whole; the third waits in the network.
    expect(carbon.stats()).toMatchObject({ cacheSize: 105, overflow: 15, metricsReceived: 120 });
    world.files.setFreeBytes(Infinity);
    pass(world, 3);
    expect(carbon.stats()).toMatchObject({ cacheSize: 0, metricsReceived: 180 });
  });

  test('tells about itself every minute, under the names of the real program', () => {
    const { world } = makeStarted({ ownMetricsIntervalS: 60, hostName: 'web1.example' });
    dial(world, LINE).write(`m 1 ${T}\n`);
    pass(world, 63);
    const found = makeTree(world.files).find('carbon.agents.web1_example-a.**');
    expect(
      found.filter(({ isLeaf }) => isLeaf).map(({ path }) => path.split('.').slice(3).join('.')),
    ).toEqual([
      'activeConnections',
      'blacklistMatches',
      'cache.bulk_queries',
      'cache.overflow',
      'cache.queries',
      'cache.queues',
      'cache.size',
      'committedPoints',
      'creates',
      'droppedCreates',
      'errors',
      'metricsReceived',
      'pointsPerUpdate',
      'updateOperations',
      'whitelistRejects',
    ]);
    expect(lastValue(world, 'carbon.agents.web1_example-a.metricsReceived')).toBe(1);
  });

  test('when stopped writes everything it took, and listens no more', () => {
    const { world, carbon } = makeStarted({ createsPerMinuteMax: 0 });
    carbon.append(['a', 'b', 'c'].map((path) => ({ path, value: 7, time: T })));
    let unwritten = -1;
    carbon.stop((points) => {
      unwritten = points;
    });
    expect(unwritten).toBe(0);
    expect(['a', 'b', 'c'].map((metric) => lastValue(world, metric))).toEqual([7, 7, 7]);
    world.net.send(LINE, encodeUtf8(`late 1 ${T}\n`));
    pass(world, 2);
    expect(carbon.stats().metricsReceived).toBe(3);
  });

  test('that cannot open its port says why', () => {
    const { world } = makeStarted();
    let why = '';
    makeCarbon(world, CARBON_DEFAULTS).start((opened) => {
      why = opened.ok ? '' : opened.why;
    });
    pass(world, 0);
    expect(why).toBe('The port 2003 on 127.0.0.1 is in use.');
  });
});
