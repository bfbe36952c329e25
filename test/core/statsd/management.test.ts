import { expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import { STATSD_DEFAULTS, type StatsdConfig } from '../../../src/core/statsd/config.ts';
import { makeStatsd, type Statsd } from '../../../src/core/statsd/statsd.ts';
import { makeWorld } from '../../../src/core/world/world.ts';

const T = 1_700_000_000;
const AT = { host: '127.0.0.1', port: 8126 };

test('stats tells the seconds since what happened last, and counts', () => {
  const { statsd, ask, pass } = makeManaged({});
  pass(3);
  statsd.receive('a:1|c\nbad');
  pass(4);
  expect(ask('stats\n')).toBe(
    [
      'uptime: 7',
      'messages.last_msg_seen: 4',
      'messages.bad_lines_seen: 1',
      'graphite.last_flush: 7',
      `graphite.last_exception: ${T + 7}`,
      'graphite.flush_time: 0',
      'graphite.flush_length: 0',
      'END\n\n',
    ].join('\n'),
  );
});

test('several commands may come in one piece, and one in two after another', () => {
  const { ask } = makeManaged({});
  expect(ask('health\nhealth down\r\nhea')).toBe('health: up\nhealth: down\n');
  expect(ask('lth\n')).toBe('health: down\n');
  expect(ask('health up')).toBe('health: up\n');
});

test('a strict one takes each piece as one command, and is up at first', () => {
  const { ask } = makeManaged({ strict: true, healthStatus: 'down' });
  expect(ask('health\n')).toBe('health: up\n');
  expect(ask('delgauges a\nb c')).toBe('metric a\nb not found\nmetric c not found\nEND\n\n');
});

test('it is down from the start where the file says so, and quit ends the connection', () => {
  const { ask, isOpen } = makeManaged({ healthStatus: 'down' });
  expect(ask('health\nquit\nhealth\n')).toBe('health: down\n');
  expect(isOpen()).toBe(false);
});

test('what was deleted begins again, its own counters too', () => {
  const { statsd, ask } = makeManaged({});
  statsd.receive('a.b:1|c\na.c:1|c\na:1|c');
  expect(ask('delcounters a.* statsd.bad_lines_seen\n')).toBe(
    'deleted: a.b\ndeleted: a.c\ndeleted: statsd.bad_lines_seen\nEND\n\n',
  );
  statsd.receive('bad\na.b:2|c');
  expect(statsd.tally().counters.get('a.b')?.sum).toBe(2);
  expect(statsd.tally().counters.get('statsd.bad_lines_seen')?.sum).toBe(1);
});

test('a file that is read again changes names and what is deleted, and its own counters begin again', () => {
  const { statsd } = makeManaged({});
  statsd.receive('a b:1|c\ng:1|g');
  statsd.configure({
    ...STATSD_DEFAULTS,
    prefixStats: 'own',
    keyNameSanitize: false,
    deleteCounters: true,
  });
  statsd.receive('a b:1|c');
  expect([...statsd.tally().counters].map(([key, { sum }]) => [key, sum])).toEqual([
    ['statsd.bad_lines_seen', 0],
    ['statsd.packets_received', 1],
    ['statsd.metrics_received', 2],
    ['a_b', 1],
    ['own.bad_lines_seen', 0],
    ['own.packets_received', 1],
    ['own.metrics_received', 1],
    ['a b', 1],
  ]);
  statsd.flushNow();
  expect([...statsd.tally().counters.keys()].some((key) => key.startsWith('a'))).toBe(false);
});

interface Managed {
  readonly statsd: Statsd;
  /** Writes one piece; what was answered since. */
  ask(piece: string): string;
  pass(seconds: number): void;
  isOpen(): boolean;
}

function makeManaged(changes: Partial<StatsdConfig>): Managed {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const manager = { file: () => ({}), inspect: (value: unknown) => JSON.stringify(value) };
  const statsd = makeStatsd(
    { ...world, manager },
    { ...STATSD_DEFAULTS, flushIntervalMs: 60_000, management: AT, ...changes },
  );
  const pass = (seconds: number): void => void world.clock.run(world.clock.now() + seconds * 1000);
  statsd.start(() => undefined);
  let said = '';
  let isOpen = true;
  let write: (text: string) => void = () => undefined;
  world.net.connect(AT, {
    opened: (connection) => (write = (text) => connection.write(encodeUtf8(text))),
    received: (bytes) => void (said += decodeUtf8Lossy(bytes)),
    closed: () => void (isOpen = false),
  });
  pass(0.01);
  return {
    statsd,
    pass,
    isOpen: () => isOpen,
    ask(piece) {
      said = '';
      write(piece);
      pass(0.01);
      return said;
    },
  };
}
