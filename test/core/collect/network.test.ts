import { beforeEach, describe, expect, it } from 'vitest';
import { good, type Result } from '../../../src/core/base/result.ts';
import { decodeUtf8 } from '../../../src/core/base/text.ts';
import {
  makeCollector,
  RECEIVED_NAMES_MAX,
  type Collector,
} from '../../../src/core/collect/collector.ts';
import { readCollectorConfig } from '../../../src/core/collect/config.ts';
import { COMPLAIN_AGAIN_MS } from '../../../src/core/collect/network/complaints.ts';
import { NOTIFICATIONS_MAX } from '../../../src/core/collect/network/network-receiver.ts';
import { readPacket } from '../../../src/core/collect/network/packet-reader.ts';
import {
  makePacketWriter,
  notificationPacket,
} from '../../../src/core/collect/network/packet-writer.ts';
import type { SentValues } from '../../../src/core/collect/network/parts.ts';
import { secured } from '../../../src/core/collect/network/security.ts';
import type { DatagramPlace, DatagramTarget } from '../../../src/core/host/datagrams.ts';
import type { Address, Net, Receive } from '../../../src/core/host/net.ts';
import { TELLS_NOTHING, type HostReading } from '../../../src/core/host/sensors.ts';
import { makeWorldClock, type WorldClock } from '../../../src/core/world/clock.ts';
import { nodeSecrets } from '../../../src/node/secrets.ts';
import { itInCi } from '../../tools/tier.ts';

const START_S = 1_000_000_000;
const FROM: Address = { host: '10.0.0.9', port: 4711 };
const WEB1 = { username: 'web1', password: 'open sesame' };

let clock: WorldClock;
let lines: string[];
let logged: string[];
let targets: { readonly to: DatagramTarget; readonly packets: Uint8Array[]; isClosed: boolean }[];
let places: { readonly at: DatagramPlace; readonly receive: Receive }[];
let authFile: Result<string>;
let reading: HostReading;

beforeEach(() => {
  clock = makeWorldClock(START_S * 1000);
  [lines, logged, targets, places] = [[], [], [], []];
  authFile = good('# users\nweb1: open sesame\n');
  reading = { ...TELLS_NOTHING, uptimeS: 1 };
});

/** A collector that reads the time since start, writes lines, and has these lines in its block. */
function collectorOf(network: string, others = ''): Collector {
  const conf = readCollectorConfig(`LoadPlugin uptime
LoadPlugin network
<Plugin network>
${network}
</Plugin>
<Plugin write_graphite>
  <Node "carbon">
    Protocol "udp"
  </Node>
</Plugin>
${others}`);
  if (!conf.ok) throw new Error(conf.why);
  const net = {
    send: (_: Address, packet: Uint8Array) =>
      void lines.push(...(decodeUtf8(packet) ?? '').split('\r\n').slice(0, -1)),
  } as unknown as Net;
  const log = { say: (_: string, text: string) => void logged.push(text) };
  const datagrams = {
    open(to: DatagramTarget) {
      const target = { to, packets: [] as Uint8Array[], isClosed: false };
      targets.push(target);
      return {
        send: (packet: Uint8Array) => void target.packets.push(packet),
        close: () => void (target.isClosed = true),
      };
    },
    listen(at: DatagramPlace, receive: Receive, opened: (at: Result<readonly Address[]>) => void) {
      places.push({ at, receive });
      opened(good([{ host: at.host, port: at.port }]));
      return { close() {} };
    },
  };
  const secrets = { ...nodeSecrets, passwordFile: () => () => authFile };
  const sensors = { read: () => reading };
  const collector = makeCollector(
    { clock, net, log, sensors, network: { datagrams, secrets } },
    'here',
    conf.value.config,
  );
  collector.start((started) => {
    if (!started.ok) logged.push(started.why);
  });
  return collector;
}

const pass = (seconds: number): void => void clock.run(clock.now() + seconds * 1000);

function sentValues(changes: Partial<SentValues> = {}, timeS = START_S): SentValues {
  return {
    host: 'there',
    plugin: 'app',
    pluginInstance: '',
    type: 'gauge',
    typeInstance: 'one',
    time: BigInt(timeS) << 30n,
    interval: 10n << 30n,
    values: [{ kind: 'GAUGE', value: 42 }],
    ...changes,
  };
}

function packetOf(...lists: readonly SentValues[]): Uint8Array {
  let packet = new Uint8Array();
  const writer = makePacketWriter(65_535, (made) => (packet = Uint8Array.from(made)));
  for (const list of lists) writer.add(list);
  writer.flush();
  return packet;
}

const receive = (packet: Uint8Array): void => places[0]?.receive(packet, FROM);
const sentTo = (index = 0): readonly SentValues[] =>
  (targets[index]?.packets ?? []).flatMap(
    (packet) =>
      readPacket(packet, { level: 'none', passwordOf: () => WEB1.password, secrets: nodeSecrets })
        .values,
  );
const sentNames = (): readonly string[] => sentTo().map(({ host, plugin }) => `${host}/${plugin}`);
const linesOf = (word: string): readonly string[] => lines.filter((line) => line.includes(word));
const told = (word: string): number => logged.filter((text) => text.includes(word)).length;

describe('values that come over the network', () => {
  beforeEach(() => void collectorOf('Listen "127.0.0.1"'));

  it('are written with their own host and time', () => {
    receive(packetOf(sentValues({}, START_S - 3600)));
    expect(linesOf('there')).toEqual([`there.app.gauge-one 42 ${START_S - 3600}`]);
  });

  it('become rates by the time of their sender, whose clock may be another', () => {
    const total = (value: bigint, timeS: number): SentValues =>
      sentValues({ type: 'derive', values: [{ kind: 'DERIVE', value }] }, timeS);
    const ahead = START_S + 5000;
    receive(packetOf(total(1000n, ahead)));
    receive(packetOf(total(1500n, ahead + 10)));
    expect(linesOf('there')).toEqual([`there.app.derive-one 50.000000 ${ahead + 10}`]);
  });

  it('are refused when they are not newer, which is told once a minute with who sent them', () => {
    for (let count = 0; count < 5; count++) receive(packetOf(sentValues()));
    expect(linesOf('there')).toHaveLength(1);
    expect(told('there/app/gauge-one, from 10.0.0.9, is not newer')).toBe(1);
    pass(COMPLAIN_AGAIN_MS / 1000);
    receive(packetOf(sentValues()));
    receive(packetOf(sentValues()));
    expect(told('is not newer')).toBe(1 + 1);
  });

  it('are refused when their type is not known or has other sources, told once for each type', () => {
    const odd = sentValues({ type: 'odd' });
    const two = sentValues({
      values: [
        { kind: 'GAUGE', value: 1 },
        { kind: 'GAUGE', value: 2 },
      ],
    });
    const total = sentValues({ type: 'derive' });
    for (const list of [odd, odd, two, two, total]) receive(packetOf(list));
    expect(linesOf('there')).toEqual([]);
    expect(told('The type "odd", from 10.0.0.9, is not known here; TypesDB')).toBe(1);
    expect(told('The type "gauge", from 10.0.0.9, is GAUGE here, received GAUGE, GAUGE.')).toBe(1);
    expect(told('The type "derive", from 10.0.0.9, is DERIVE here, received GAUGE.')).toBe(1);
  });

  it('have names without slashes and without what would break a line', () => {
    receive(packetOf(sentValues({ host: '/a/b', plugin: '/', typeInstance: 'x\n\u0085y' })));
    expect(linesOf('app')).toEqual([]);
    expect(linesOf('a_b')).toEqual([`a_b.root.gauge-x__y 42 ${START_S}`]);
  });

  it('do not fill the log and end nobody when they are nonsense', () => {
    for (let count = 0; count < 100; count++) receive(Uint8Array.of(0, 6, 0, 1, count));
    expect(told('A packet from 10.0.0.9 has 5 bytes at its end that are no part')).toBe(1);
  });
});

describe('a listener', () => {
  itInCi(`remembers at most ${RECEIVED_NAMES_MAX} names that others made up`, async () => {
    collectorOf('Listen "127.0.0.1"\nMaxPacketSize 65535');
    const perPacket = 1000;
    for (let first = 0; first <= RECEIVED_NAMES_MAX; first += perPacket) {
      const names = Array.from({ length: perPacket }, (_, index) => `n${first + index}`);
      receive(packetOf(...names.map((typeInstance) => sentValues({ typeInstance }))));
    }
    expect(linesOf('there')).toHaveLength(RECEIVED_NAMES_MAX);
    expect(told('is new, and more names are not remembered')).toBe(1);
    receive(packetOf(sentValues({ typeInstance: 'n0' }, START_S + 10)));
    expect(linesOf(' 42 1000000010')).toHaveLength(1);
  });

  it('is there only where the file says so, and says who can send when others can reach it', () => {
    collectorOf('Server "10.0.0.2"');
    expect(places).toEqual([]);
    collectorOf('Listen "127.0.0.1"\nListen "::1"');
    expect(told('beyond this machine')).toBe(0);
    collectorOf(`Listen "0.0.0.0" "25827"
<Listen "::">
  SecurityLevel Sign
  AuthFile "/etc/passwords"
</Listen>`);
    expect(told('listens on 0.0.0.0, port 25827, beyond this machine: anyone who reaches it')).toBe(
      1,
    );
    expect(told('listens on ::, port 25826, beyond this machine: who reaches it and knows')).toBe(
      1,
    );
  });

  it('takes a changed AuthFile at once, and keeps the last when that cannot be read', () => {
    collectorOf('<Listen "127.0.0.1">\nSecurityLevel Sign\nAuthFile "/etc/passwords"\n</Listen>');
    const send = (password: string, timeS: number): number => {
      const packet = packetOf(sentValues({}, timeS));
      receive(secured(packet, 'sign', { username: 'web1', password }, nodeSecrets));
      return linesOf('there').length;
    };
    expect(send('open sesame', START_S)).toBe(1);
    expect(send('close sesame', START_S + 10)).toBe(1);
    authFile = good('web1: close sesame');
    expect(send('close sesame', START_S + 10)).toBe(2);
    authFile = { ok: false, why: 'The file is gone.' };
    expect(send('close sesame', START_S + 20)).toBe(3);
    expect(told('A packet from 10.0.0.9 has a wrong signature: another password of "web1"')).toBe(
      1,
    );
  });

  it('does not open without the AuthFile that it needs', () => {
    authFile = { ok: false, why: 'The file /etc/passwords is gone.' };
    collectorOf('<Listen "127.0.0.1">\nSecurityLevel Sign\nAuthFile "/etc/passwords"\n</Listen>');
    expect(places).toEqual([]);
    expect(told('The network plugin does not listen: The file /etc/passwords is gone.')).toBe(1);
    collectorOf('<Listen "127.0.0.1">\nAuthFile "/etc/passwords"\n</Listen>');
    expect(places).toHaveLength(1);
    expect(told('The file /etc/passwords is gone. Signatures are not looked at.')).toBe(1);
  });

  it('tells thresholds of what others sent, and of what they send no more', () => {
    collectorOf(
      'Listen "127.0.0.1"',
      '<Plugin threshold>\n<Type "gauge">\nFailureMax 40\n</Type>\n</Plugin>\n',
    );
    receive(packetOf(sentValues()));
    expect(told('there/app/gauge-one: "value" is 42, and should be in any to 40.')).toBe(1);
    pass(60);
    expect(told('there/app/gauge-one has not come for')).toBe(1);
  });

  it('tells what the thresholds of others found', () => {
    collectorOf('Listen "127.0.0.1"\nServer "10.0.0.2"');
    receive(notificationPacket({ ...sentValues(), severity: 1, message: 'too\nhot' }));
    expect(told('too hot')).toBe(1);
    expect(targets[0]?.packets).toEqual([]);
  });
});

it(`passes on ${NOTIFICATIONS_MAX} notifications of others in a minute`, () => {
  collectorOf('Listen "127.0.0.1"');
  const packet = notificationPacket({ ...sentValues(), severity: 1, message: 'too hot' });
  for (let count = 0; count < NOTIFICATIONS_MAX + 10; count++) receive(packet);
  expect(told('too hot')).toBe(NOTIFICATIONS_MAX);
  expect(told('notifications came in a minute, the last from 10.0.0.9')).toBe(1);
  pass(60);
  receive(packet);
  expect(told('too hot')).toBe(NOTIFICATIONS_MAX + 1);
});

describe('values that go over the network', () => {
  const FLUSHED = '<LoadPlugin network>\nFlushInterval 10\n</LoadPlugin>\n';

  it('wait until their packet is full, FlushInterval has passed, or the collector ends', () => {
    const collector = collectorOf('Server "10.0.0.2"');
    pass(100);
    expect(targets[0]?.packets).toEqual([]);
    collector.stop(() => {});
    expect(sentTo()).toHaveLength(11);
    expect(targets[0]).toMatchObject({ to: { host: '10.0.0.2', port: 25826 }, isClosed: true });
    collectorOf('Server "10.0.0.3"', FLUSHED);
    pass(100);
    expect(targets[1]?.packets).toHaveLength(10);
  });

  it('go to each server, with the security of its own', () => {
    collectorOf(
      `TimeToLive 3
Server "239.192.74.66"
<Server "there.example.org" "26000">
  SecurityLevel Encrypt
  Username web1
  Password "open sesame"
</Server>`,
      FLUSHED,
    );
    pass(20);
    expect(targets.map(({ to }) => [to.host, to.port, to.timeToLive])).toEqual([
      ['239.192.74.66', 25826, 3],
      ['there.example.org', 26000, 3],
    ]);
    expect(sentTo(1)).toEqual(sentTo(0));
    expect(sentTo(0).length).toBeGreaterThan(0);
    const kinds = targets.map(({ packets }) => [packets[0]?.[0], packets[0]?.[1]]);
    expect(kinds).toEqual([
      [0, 0],
      [2, 0x10],
    ]);
  });

  it.each([
    ['false', ['here/uptime']],
    ['true', ['here/uptime', 'there/app']],
  ])('with Forward %s are %j', (forward, names) => {
    const network = `Listen "127.0.0.1"\nServer "10.0.0.2"\nForward ${forward}`;
    const collector = collectorOf(network);
    receive(packetOf(sentValues()));
    collector.stop(() => {});
    expect(sentNames()).toEqual(names);
  });

  it('are not taken when they come back, and nobody is told', () => {
    collectorOf('Listen "127.0.0.1"\nServer "10.0.0.2"\nForward true', FLUSHED);
    pass(10);
    const before = lines.length;
    for (const packet of targets[0]?.packets ?? []) receive(packet);
    expect(lines.length).toBe(before);
    expect(told('is not newer')).toBe(0);
  });

  it('go with what thresholds found, in a packet of its own and at once', () => {
    collectorOf(
      'Server "10.0.0.2"',
      '<Plugin threshold>\n<Type "uptime">\nFailureMin 40\n</Type>\n</Plugin>\n',
    );
    const [packet = new Uint8Array()] = targets[0]?.packets ?? [];
    const rules = { level: 'none', passwordOf: null, secrets: nodeSecrets } as const;
    expect(readPacket(packet, rules)).toMatchObject({
      values: [],
      notifications: [{ host: 'here', plugin: 'uptime', type: 'uptime', severity: 1 }],
    });
  });
});

describe('the network plugin', () => {
  it('counts by the names of the real one with ReportStats, and what it refused', () => {
    collectorOf('Listen "127.0.0.1"\nServer "10.0.0.2"\nReportStats true', '');
    for (let count = 0; count < 3; count++) receive(packetOf(sentValues()));
    receive(Uint8Array.of(1, 2, 3));
    pass(10);
    pass(10);
    const names = linesOf('here.network').map((line) => line.split(' ')[0]?.slice(13));
    expect(new Set(names)).toEqual(
      new Set(
        ['if_octets.rx', 'if_octets.tx', 'if_packets.rx', 'if_packets.tx', 'if_dropped.rx'].concat(
          'if_dropped.tx',
          'total_values-dispatch-accepted',
          'total_values-dispatch-rejected',
          'total_values-send-accepted',
          'total_values-send-rejected',
          'queue_length',
        ),
      ),
    );
    // In the first 10 s, each as its rate.
    expect(linesOf('dispatch-accepted')[0]).toContain(' 0.100000 ');
    expect(linesOf('dispatch-rejected')[0]).toContain(' 0.200000 ');
    expect(linesOf('if_packets.rx')[0]).toContain(' 0.400000 ');
    expect(linesOf('if_dropped.rx')[0]).toContain(' 0.100000 ');
  });

  it('is left out, with a word, where there is no network for it', () => {
    const conf = readCollectorConfig(
      'LoadPlugin network\n<Plugin network>\nListen "::"\n</Plugin>\n',
    );
    if (!conf.ok) throw new Error(conf.why);
    const log = { say: (_: string, text: string) => void logged.push(text) };
    const sensors = { read: () => reading };
    makeCollector({ clock, net: {} as Net, log, sensors }, 'here', conf.value.config).start();
    expect(told('The network plugin has no network in this place; it is left out.')).toBe(1);
  });
});
