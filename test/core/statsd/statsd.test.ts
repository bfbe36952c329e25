import { describe, expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import type { Listener } from '../../../src/core/host/net.ts';
import { STATSD_DEFAULTS, type StatsdConfig } from '../../../src/core/statsd/config.ts';
import { MEMORY_LIMITS } from '../../../src/core/statsd/flush-queue.ts';
import { makeStatsd, STOP_WAIT_MS_MAX, type Statsd } from '../../../src/core/statsd/statsd.ts';
import { TCP_LINE_BYTES_MAX } from '../../../src/core/statsd/servers.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const T = 1_700_000_000;
const UDP = { host: '127.0.0.1', port: 8125 };
const CARBON = { host: '127.0.0.1', port: 2003 };

describe('statsd', () => {
  test('flushes every interval, in step with the second of its start', () => {
    const { world, carbon } = makeStarted({}, 300);
    send(world, 'logins:1|c\nlogins:2|c');
    pass(world, 10);
    send(world, 'logins:4|c');
    pass(world, 10);
    expect(linesAbout(carbon.received(), 'stats_counts.logins')).toEqual([
      `stats_counts.logins 3 ${T + 10}`,
      `stats_counts.logins 4 ${T + 20}`,
    ]);
    expect(carbon.connections()).toBe(2);
  });

  test('flushes at multiples of the interval since 1970 where that is asked for', () => {
    const { world, carbon } = makeStarted({ flushAligned: true, flushIntervalMs: 7000 }, 300);
    pass(world, 20);
    const first = Math.ceil(T / 7) * 7;
    expect(linesAbout(carbon.received(), 'statsd.numStats')).toEqual([
      `statsd.numStats 3 ${first}`,
      `statsd.numStats 4 ${first + 7}`,
      `statsd.numStats 4 ${first + 14}`,
    ]);
  });

  test('counts its own packets, lines and bad lines', () => {
    const { world, statsd, carbon } = makeStarted();
    send(world, 'a:1|c\nfoo\nb:x|c:2|c');
    send(world, 'a:1|c');
    pass(world, 11);
    const text = carbon.received();
    expect(text).toContain(`stats_counts.statsd.packets_received 2 ${T + 10}\n`);
    expect(text).toContain(`stats_counts.statsd.metrics_received 4 ${T + 10}\n`);
    expect(text).toContain(`stats_counts.statsd.bad_lines_seen 2 ${T + 10}\n`);
    expect(statsd.stats()).toMatchObject({
      packetsReceived: 2,
      metricsReceived: 4,
      badLinesSeen: 2,
      flushes: 1,
      sent: 1,
      lastMessageS: T,
      nextFlushMs: (T + 20) * 1000,
    });
    expect(world.log.lines().map(({ facts }) => facts['why'])).toContain(
      'Bad sample "x|c" in "b:x|c:2|c": its value is not a number.',
    );
  });

  test('tells from the second flush on how late it is, and of the flush before', () => {
    const { world, carbon } = makeStarted();
    pass(world, 21);
    const text = carbon.received();
    expect(linesAbout(text, 'stats.gauges.statsd.timestamp_lag')).toEqual([
      `stats.gauges.statsd.timestamp_lag 0 ${T + 20}`,
    ]);
    expect(linesAbout(text, 'statsd.numStats')).toEqual([
      `statsd.numStats 3 ${T + 10}`,
      `statsd.numStats 4 ${T + 20}`,
    ]);
    const firstLength = text.indexOf('flush_length') + `flush_length 0 ${T}\n`.length;
    expect(linesAbout(text, 'stats.statsd.graphiteStats.flush_length')).toEqual([
      `stats.statsd.graphiteStats.flush_length 0 ${T + 10}`,
      `stats.statsd.graphiteStats.flush_length ${firstLength} ${T + 20}`,
    ]);
    expect(linesAbout(text, 'stats.statsd.graphiteStats.last_flush')).toEqual([
      `stats.statsd.graphiteStats.last_flush ${T} ${T + 10}`,
      `stats.statsd.graphiteStats.last_flush ${T + 10} ${T + 20}`,
    ]);
  });

  test('keeps its flushes while there is no Carbon, and brings them later', () => {
    const { world, statsd, carbon } = makeStarted();
    carbon.close();
    send(world, 'a:1|c');
    pass(world, 11);
    send(world, 'a:2|c');
    pass(world, 10);
    expect(statsd.stats()).toMatchObject({ sent: 0, waiting: 2, lastExceptionS: T + 20 });
    const again = listenAsCarbon(world);
    pass(world, 10);
    expect(linesAbout(again.received(), 'stats_counts.a')).toEqual([
      `stats_counts.a 1 ${T + 10}`,
      `stats_counts.a 2 ${T + 20}`,
      `stats_counts.a 0 ${T + 30}`,
    ]);
    expect(statsd.stats()).toMatchObject({ sent: 3, waiting: 0, lost: 0 });
    expect(again.received()).toContain(
      `stats.statsd.graphiteStats.last_exception ${T + 20} ${T + 30}`,
    );
  });

  test('keeps no more flushes than it may, and counts those that it gives up', () => {
    const { world, statsd, carbon } = makeStarted();
    carbon.close();
    pass(world, (MEMORY_LIMITS.flushes + 5) * 10 + 1);
    expect(statsd.stats()).toMatchObject({ waiting: MEMORY_LIMITS.flushes, lost: 5, sent: 0 });
    const told = world.log.lines().filter(({ text }) => text.startsWith('Gave up the oldest'));
    expect(told.map(({ facts }) => facts['flushes'])).toEqual([1, 1, 1, 1, 1]);
  });

  test('with a spool, keeps what Carbon did not take for the next one that starts', () => {
    const { world, statsd, carbon } = makeStarted({}, 0, true);
    carbon.close();
    send(world, 'a:1|c');
    pass(world, 11);
    send(world, 'a:2|c');
    pass(world, 1);
    let unsent = -1;
    statsd.stop((count) => {
      unsent = count;
    });
    pass(world, 5);
    expect(unsent).toBe(2);
    expect(world.files.list('')).toHaveLength(2);

    const again = listenAsCarbon(world);
    const next = makeStatsd(
      { ...world, spool: world.files },
      { ...STATSD_DEFAULTS, servers: [], graphite: CARBON },
    );
    expect(next.stats().waiting).toBe(2);
    next.start(() => undefined);
    pass(world, 11);
    expect(
      linesAbout(again.received(), 'stats_counts.a').map((line) => line.split(' ')[1]),
    ).toEqual(['1', '2']);
    expect(world.files.list('')).toEqual([]);
    expect(next.stats()).toMatchObject({ sent: 3, waiting: 0, lost: 0 });
  });

  test('takes packets over TCP up to the last newline', () => {
    const { world, statsd } = makeStarted({ servers: [{ protocol: 'tcp', address: UDP }] });
    const write = dial(world);
    write('a:1|c\nb:2');
    pass(world, 1);
    expect(statsd.stats()).toMatchObject({ packetsReceived: 1, metricsReceived: 1 });
    write('|c\n');
    pass(world, 1);
    expect(statsd.tally().counters.get('b')?.sum).toBe(2);
    write('x'.repeat(TCP_LINE_BYTES_MAX + 1));
    pass(world, 1);
    write(':1|c\n');
    pass(world, 1);
    expect(statsd.stats()).toMatchObject({ packetsReceived: 2, badLinesSeen: 0 });
  });

  test('stopped, brings what it still has before it says so', () => {
    const { world, statsd, carbon } = makeStarted();
    send(world, 'last:7|c');
    pass(world, 3);
    let unsent = -1;
    statsd.stop((count) => {
      unsent = count;
    });
    expect(unsent).toBe(-1);
    pass(world, 1);
    expect(unsent).toBe(0);
    expect(linesAbout(carbon.received(), 'stats_counts.last')).toEqual([
      `stats_counts.last 7 ${T + 3}`,
    ]);
    pass(world, 60);
    expect(carbon.connections()).toBe(1);
  });

  test('stopped without a Carbon, says how many flushes were not sent', () => {
    const { world, statsd, carbon } = makeStarted();
    carbon.close();
    let unsent = -1;
    statsd.stop((count) => {
      unsent = count;
    });
    pass(world, STOP_WAIT_MS_MAX / 1000 + 1);
    expect(unsent).toBe(1);
  });

  test('without a place to send to counts all the same, and stops at once', () => {
    const { world, statsd } = makeStarted({ graphite: null });
    send(world, 'a:1|c');
    pass(world, 1);
    expect(statsd.tally().counters.get('a')?.sum).toBe(1);
    let unsent = -1;
    statsd.stop((count) => {
      unsent = count;
    });
    expect(unsent).toBe(0);
    expect(statsd.tally().counters.get('a')?.sum).toBe(0);
  });

  test('that cannot open its port says why', () => {
    const { world } = makeStarted();
    let why = '';
    makeStatsd(world, STATSD_DEFAULTS).start((opened) => {
      why = opened.ok ? '' : opened.why;
    });
    pass(world, 0);
    expect(why).toBe('The port 8125 on 127.0.0.1 is in use.');
  });
});

interface FakeCarbon {
  received(): string;
  connections(): number;
  close(): void;
}

function makeStarted(
  changes: Partial<StatsdConfig> = {},
  startMs = 0,
  hasSpool = false,
): { world: World; statsd: Statsd; carbon: FakeCarbon } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 + startMs });
  const carbon = listenAsCarbon(world);
  const host = hasSpool ? { ...world, spool: world.files } : world;
  const statsd = makeStatsd(host, { ...STATSD_DEFAULTS, graphite: CARBON, ...changes });
  let opened = 0;
  statsd.start((result) => {
    opened = result.ok ? result.value.length : -1;
  });
  pass(world, 0);
  expect(opened).toBe(1);
  return { world, statsd, carbon };
}

function listenAsCarbon(world: World): FakeCarbon {
  let text = '';
  let connections = 0;
  const listener: Listener = world.net.listenTcp(
    CARBON,
    () => {
      connections++;
      return {
        received(bytes) {
          text += decodeUtf8Lossy(bytes);
        },
        closed: () => undefined,
      };
    },
    () => undefined,
  );
  return { received: () => text, connections: () => connections, close: () => listener.close() };
}

function dial(world: World): (text: string) => void {
  let write: (text: string) => void = () => undefined;
  world.net.connect(UDP, {
    opened(connection) {
      write = (text) => connection.write(encodeUtf8(text));
    },
    received: () => undefined,
    closed: () => undefined,
  });
  pass(world, 0.01);
  return (text) => write(text);
}

function send(world: World, text: string): void {
  world.net.send(UDP, encodeUtf8(text));
}

function pass(world: World, seconds: number): void {
  world.clock.run(world.clock.now() + seconds * 1000);
}

function linesAbout(text: string, path: string): string[] {
  return text.split('\n').filter((line) => line.startsWith(`${path} `));
}
