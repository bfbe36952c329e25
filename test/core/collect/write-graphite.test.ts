import { beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/base/text.ts';
import { COLLECTOR_DEFAULTS } from '../../../src/core/collect/config.ts';
import { NAME_DEFAULTS, makeNamer } from '../../../src/core/collect/graphite-name.ts';
import { makeValueCache } from '../../../src/core/collect/value-cache.ts';
import { GATHER_MS } from '../../../src/core/collect/spooled-sender.ts';
import { DISK_LIMITS } from '../../../src/core/statsd/flush-queue.ts';
import { valueList, type ValueList } from '../../../src/core/collect/value-list.ts';
import {
  makeSender as makeAnySender,
  valueLines,
  type Sender,
  type SenderHost,
} from '../../../src/core/collect/write-graphite.ts';
import type { WriteGraphiteNode } from '../../../src/core/collect/write-graphite-config.ts';
import { makeWorld } from '../../../src/core/world/world.ts';
import type { Address, Connection, DialEvents, Net } from '../../../src/core/host/net.ts';
import { makeWorldClock, type WorldClock } from '../../../src/core/world/clock.ts';

const NODE: WriteGraphiteNode = {
  name: 'carbon',
  host: '127.0.0.1',
  port: 2003,
  protocol: 'tcp',
  reconnectInterval: 0,
  logSendErrors: true,
  storeRates: true,
  spool: '',
  names: NAME_DEFAULTS,
};

const { linesWaitingMax } = COLLECTOR_DEFAULTS;
const makeSender = (on: SenderHost, node: WriteGraphiteNode): Sender =>
  makeAnySender(on, node, linesWaitingMax);

let clock: WorldClock;
let dials: { readonly to: Address; readonly events: DialEvents; closed: boolean; text: string }[];
let packets: string[];
let logged: string[];
let host: SenderHost;

beforeEach(() => {
  clock = makeWorldClock(1_000_000_000);
  dials = [];
  packets = [];
  logged = [];
  const net = {
    connect: (to: Address, events: DialEvents) =>
      void dials.push({ to, events, closed: false, text: '' }),
    send: (_: Address, packet: Uint8Array) => void packets.push(decodeUtf8(packet) ?? ''),
  } as unknown as Net;
  host = { clock, net, log: { say: (_, text) => void logged.push(text) } };
});

/** The newest dial succeeds. */
function open(): void {
  const dial = dials.at(-1);
  if (dial === undefined) throw new Error('nobody dialled');
  const connection: Connection = {
    peer: dial.to,
    write: (what) => (dial.text += typeof what === 'string' ? what : decodeUtf8(what)),
    close: () => (dial.closed = true),
    finish() {},
    pause() {},
  };
  dial.events.opened(connection);
}

function pass(seconds: number): void {
  clock.run(clock.now() + seconds * 1000);
}

describe('a node of write_graphite', () => {
  it('keeps lines while it dials, and sends them in order', () => {
    const sender = makeSender(host, NODE);
    sender.send(['a\r\n']);
    sender.send(['b\r\n']);
    open();
    sender.send(['c\r\n']);
    expect(dials).toHaveLength(1);
    expect(dials[0]?.text).toBe('a\r\nb\r\nc\r\n');
    expect(sender.sent()).toBe(3);
  });

  it('asks one that does not answer less and less often, and complains once', () => {
    const sender = makeSender(host, NODE);
    const dialledAtS: number[] = [];
    for (let second = 0; second < 100; second++) {
      const before = dials.length;
      sender.send([`${second}\r\n`]);
      if (dials.length > before) {
        dialledAtS.push(second);
        dials.at(-1)?.events.closed('connection refused');
      }
      pass(1);
    }
    expect(dialledAtS).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    expect(logged).toHaveLength(1);
  });

  it('sends all that waited, in order, once it answers again', () => {
    const sender = makeSender(host, NODE);
    sender.send(['a\r\n']);
    dials[0]?.events.closed('refused');
    pass(1);
    sender.send(['b\r\n']);
    open();
    expect(dials[1]?.text).toBe('a\r\nb\r\n');
    dials[1]?.events.closed(null);
    sender.send(['c\r\n']);
    open();
    expect(dials[2]?.text).toBe('c\r\n');
  });

  it('gives up the oldest lines of too many, and counts them', () => {
    const sender = makeSender(host, NODE);
    sender.send(Array.from({ length: linesWaitingMax }, () => 'old\r\n'));
    sender.send(['new\r\n', 'newest\r\n']);
    open();
    expect(sender.dropped()).toBe(2);
    expect(dials[0]?.text.split('\r\n').slice(-3)).toEqual(['new', 'newest', '']);
  });

  it('is not held up by another that is dead', () => {
    const dead = makeSender(host, { ...NODE, port: 1 });
    const alive = makeSender(host, NODE);
    dead.send(['a\r\n']);
    alive.send(['a\r\n']);
    open();
    dead.send(['b\r\n']);
    alive.send(['b\r\n']);
    expect(dials.map(({ to, text }) => [to.port, text])).toEqual([
      [1, ''],
      [2003, 'a\r\nb\r\n'],
    ]);
  });

  it('makes a new connection after ReconnectInterval, and closes the old one', () => {
    const sender = makeSender(host, { ...NODE, reconnectInterval: 60 });
    sender.send(['a\r\n']);
    open();
    pass(59);
    sender.send(['b\r\n']);
    pass(1);
    sender.send(['c\r\n']);
    expect(dials[0]).toMatchObject({ closed: true, text: 'a\r\nb\r\n' });
    open();
    dials[0]?.events.closed(null);
    sender.send(['d\r\n']);
    expect(dials).toHaveLength(2);
    expect(dials[1]?.text).toBe('c\r\nd\r\n');
  });

  it('says nothing when LogSendErrors is off', () => {
    makeSender(host, { ...NODE, logSendErrors: false }).send(['a\r\n']);
    dials[0]?.events.closed('refused');
    expect(logged).toEqual([]);
  });

  it('packs lines into UDP packets that Ethernet need not split', () => {
    const line = `${'x'.repeat(98)}\r\n`;
    makeSender(host, { ...NODE, protocol: 'udp' }).send(Array.from({ length: 30 }, () => line));
    expect(packets.map((packet) => packet.length)).toEqual([1400, 1400, 200]);
  });
});

describe('a node with a spool', () => {
  const CARBON = { host: '127.0.0.1', port: 2003 };
  const makePlace = () => {
    const world = makeWorld({ seed: 1, startMs: 1_000_000_000 });
    const run = (seconds: number): void => void world.clock.run(world.clock.now() + 1000 * seconds);
    const log = { say: (_: string, text: string) => void logged.push(text) };
    const parts = { clock: world.clock, net: world.net, log, spoolOf: () => world.files };
    const make = () => makeSender(parts, { ...NODE, spool: 'here' });
    const files = (): number => world.files.list('').length;
    let text = '';
    const listen = () =>
      world.net.listenTcp(
        CARBON,
        () => ({ received: (bytes) => void (text += decodeUtf8(bytes) ?? ''), closed: () => {} }),
        () => {},
      );
    return { world, run, make, files, listen, text: () => text };
  };

  it('gathers what comes in one moment, and forgets it when Carbon has read it', () => {
    const { run, make, files, listen, text } = makePlace();
    listen();
    const sender = make();
    sender.send(['a\r\n']);
    sender.send([]);
    sender.send(['b\r\n']);
    run(GATHER_MS / 1000);
    expect(files()).toBe(1);
    run(1);
    expect([text(), files(), sender.sent(), sender.dropped()]).toEqual(['a\r\nb\r\n', 0, 2, 0]);
  });

  it('keeps all of an outage for the next one that starts, and says so once', () => {
    const { run, make, files, listen, text } = makePlace();
    const before = make();
    for (const name of ['a', 'b', 'c']) {
      before.send([`${name}\r\n`]);
      run(10);
    }
    let lost = NaN;
    before.send(['d\r\n']);
    before.close(() => void (lost = before.unsaved()));
    run(10);
    expect([lost, files()]).toEqual([0, 4]);
    expect(logged.filter((line) => line.startsWith('Carbon does not answer'))).toHaveLength(1);
    listen();
    make().send(['e\r\n']);
    run(1);
    expect([text(), files()]).toEqual(['a\r\nb\r\nc\r\nd\r\ne\r\n', 0]);
  });

  it('gives up the oldest when it is full, and counts them', () => {
    const { run, make, world } = makePlace();
    for (let id = 1; id <= DISK_LIMITS.flushes; id++)
      world.files.create(`${String(id).padStart(12, '0')}.txt`, encodeUtf8('a\r\n'), 3);
    const sender = make();
    for (const name of ['a', 'b', 'c']) {
      sender.send([`${name}\r\n`]);
      run(1);
    }
    expect(sender.dropped()).toBe(3);
    expect(logged.join()).toContain('The spool is full');
  });
});

describe('a line of write_graphite', () => {
  const linesOf = (lists: readonly ValueList[], storeRates = true): readonly string[] => {
    const cache = makeValueCache();
    const node = { ...NODE, storeRates };
    return lists.flatMap((list, index) => {
      const value = { host: 'h', timeS: 1000.4 + 10 * index, intervalS: 10, list };
      return valueLines(value, cache.update(value, value.timeS) ?? [], node, makeNamer(node.names));
    });
  };
  const counted = (type: 'counter' | 'derive' | 'absolute', ...values: readonly number[]) =>
    values.map((value) => valueList({ plugin: 'p', type }, value));

  it('has a gauge with fifteen digits and whole seconds', () => {
    const list = valueList({ plugin: 'p', type: 'gauge' }, 1 / 3);
    expect(linesOf([list])).toEqual(['h.p.gauge 0.333333333333333 1000\r\n']);
  });

  // Seen with the real program.
  it.each([
    [1000.49, 1000],
    [1000.5, 1001],
  ])('has the nearest second of %d', (timeS, second) => {
    const list = valueList({ plugin: 'p', type: 'gauge' }, 1);
    const value = { host: 'h', timeS, intervalS: 10, list };
    expect(valueLines(value, [1], NODE, makeNamer(NODE.names))).toEqual([
      `h.p.gauge 1 ${second}\r\n`,
    ]);
  });

  it('has the growth of a total, once there are two', () => {
    expect(linesOf(counted('derive', 100, 125))).toEqual(['h.p.derive 2.500000 1010\r\n']);
  });

  it('leaves out the rate of a total that began again', () => {
    expect(linesOf(counted('derive', 100, 5, 25))).toEqual(['h.p.derive 2.000000 1020\r\n']);
  });

  it('goes on counting where 32 bits were full', () => {
    expect(linesOf(counted('counter', 4_294_967_290, 4))).toEqual([
      'h.p.counter 1.000000 1010\r\n',
    ]);
  });

  it('divides an amount by the time that passed', () => {
    expect(linesOf(counted('absolute', 7, 30))).toEqual(['h.p.absolute 3.000000 1010\r\n']);
  });

  it('has the totals themselves when StoreRates is off', () => {
    expect(linesOf(counted('derive', 100), false)).toEqual(['h.p.derive 100 1000\r\n']);
  });
});

describe('the newest values', () => {
  const at = (timeS: number, value = 1) => ({
    host: 'h',
    timeS,
    intervalS: 10,
    list: valueList({ plugin: 'p', type: 'gauge' }, value),
  });

  it('refuse one that is not newer', () => {
    const cache = makeValueCache();
    expect(cache.update(at(100), 100)).toEqual([1]);
    expect(cache.update(at(100, 2), 100)).toBeNull();
    expect(cache.update(at(90, 3), 100)).toBeNull();
    expect(cache.update(at(101, 4), 101)).toEqual([4]);
  });

  it('take one that is older when the clock was set back', () => {
    const cache = makeValueCache();
    expect(cache.update(at(10_000), 10_000)).toEqual([1]);
    expect(cache.update(at(100, 2), 100)).toEqual([2]);
    expect(cache.update(at(110, 3), 110)).toEqual([3]);
  });

  it('tell once what did not come for Timeout intervals', () => {
    const cache = makeValueCache();
    cache.update(at(100), 100);
    expect(cache.takeMissing(120, 2)).toEqual([]);
    expect(cache.takeMissing(121, 2)).toEqual([at(100)]);
    expect(cache.takeMissing(200, 2)).toEqual([]);
  });
});
