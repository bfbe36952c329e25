// Single packets beside the real collectd: those that it sends are written again by ours, and odd ones are read by both.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPacket } from '../../src/core/collect/network/packet-reader.ts';
import { makePacketWriter } from '../../src/core/collect/network/packet-writer.ts';
import type { SentValues } from '../../src/core/collect/network/parts.ts';
import { nodeSecrets } from '../../src/node/secrets.ts';
import { eventually, start } from '../node/program.ts';
import { sendDatagram, startDatagramSink, startLineSink } from './network-relay.ts';
import { collectdHead } from './collectd-head.ts';
import { COLLECTD, collectd, describeBeside, folderForEach, freePort, startPeer } from './peer.ts';

const PACKETS_MIN = 6;
const PACKET_BYTES = 1452;
/** The last line of each: all before it have been read then. */
const LAST = 'last.app.gauge';

const folder = folderForEach();

const read = (packet: Uint8Array): readonly SentValues[] =>
  readPacket(packet, { level: 'none', passwordOf: null, secrets: nodeSecrets }).values;

describeBeside([collectd], 'beside the packets of the real collectd', () => {
  it('fills packets with the same bytes, and ends each at the same value', async () => {
    const sink = await startDatagramSink();
    const plugins = ['cpu', 'interface', 'irq', 'memory', 'load', 'df', 'processes', 'swap'];
    const conf = confOf(
      'real',
      `Server "127.0.0.1" "${sink.port}"`,
      plugins.map((name) => `LoadPlugin ${name}\n`).join(''),
    );
    const peer = await startPeer(COLLECTD, ['-f', '-C', conf], () => sink.packets().length > 0);
    await eventually(() => sink.packets().length >= PACKETS_MIN || null);
    await peer.stop();
    // The last one was sent at the end, full or not.
    const theirs = sink.packets().slice(0, PACKETS_MIN - 1);
    const ours: Uint8Array[] = [];
    const writer = makePacketWriter(PACKET_BYTES, (packet) => ours.push(packet));
    for (const values of sink.packets().flatMap(read)) writer.add(values);
    expect(ours.slice(0, theirs.length).map(hexOf)).toEqual(theirs.map(hexOf));
  });

  it('writes the same lines of odd packets as the real one', async () => {
    const [theirs, ours] = [await linesOfReal(), await linesOfOurs()];
    expect(theirs.length).toBeGreaterThan(ODD.length / 2);
    expect(ours).toEqual(theirs);
  });
});

const hexOf = (packet: Uint8Array): string => Buffer.from(packet).toString('hex');

const USUAL: SentValues = {
  host: 'there',
  plugin: 'app',
  pluginInstance: '',
  type: 'gauge',
  typeInstance: '',
  time: 1_800_000_000n << 30n,
  interval: 10n << 30n,
  values: [{ kind: 'GAUGE', value: 1.5 }],
};

function packetOf(...lists: readonly SentValues[]): Buffer {
  const packets: Uint8Array[] = [];
  const writer = makePacketWriter(65_535, (packet) => packets.push(packet));
  for (const list of lists) writer.add(list);
  writer.flush();
  return Buffer.concat(packets);
}

function part(kind: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(kind, 0);
  head.writeUInt16BE(bytes.length + 4, 2);
  return Buffer.concat([head, bytes]);
}

const u64 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(16, '0'), 'hex');
const named = (name: string, changes: Partial<SentValues> = {}): SentValues => ({
  ...USUAL,
  typeInstance: name,
  ...changes,
});
const total = (name: string, value: bigint): SentValues =>
  named(name, { type: 'derive', values: [{ kind: 'DERIVE', value }] });
const HALF = 1n << 29n;

/** Each in a packet of its own. */
const ODD: readonly Buffer[] = [
  packetOf(named('plain')),
  packetOf(named('slash', { host: 'a/b', pluginInstance: '/x/y' })),
  packetOf(named('leading', { host: '/a/' })),
  packetOf(named('root', { pluginInstance: '/' })),
  packetOf(named('a/b')),
  packetOf(named('ümläut')),
  packetOf(named('dots.and blanks\tand\nlines')),
  packetOf(named('l'.repeat(127))),
  packetOf(named('m'.repeat(127)), named('m'.repeat(126))),
  packetOf(named('before-half', { time: USUAL.time + HALF - 1024n })),
  packetOf(named('half', { time: USUAL.time + HALF })),
  packetOf(named('future', { time: 4_000_000_000n << 30n })),
  packetOf(named('past', { time: 1n << 30n })),
  packetOf(named('no-interval', { interval: 0n })),
  packetOf(named('no-time', { time: 0n })),
  packetOf(named('no-host', { host: '' })),
  packetOf(named('no-plugin', { plugin: '' })),
  packetOf(named('no-such-type', { type: 'nosuch' })),
  packetOf(named('too-many', { values: [...USUAL.values, ...USUAL.values] })),
  packetOf(named('too-few', { type: 'load' })),
  packetOf(named('infinite', { values: [{ kind: 'GAUGE', value: -Infinity }] })),
  packetOf(named('large', { values: [{ kind: 'GAUGE', value: 1e300 }] })),
  packetOf(total('small', -9_007_199_254_740_991n)),
  packetOf(total('sum', 5n), total('sum-2', 6n)),
  Buffer.concat([part(0x4711, 'what'), packetOf(named('behind-unknown'))]),
  Buffer.concat([packetOf(named('behind-nothing')), Buffer.from([0, 0])]),
  Buffer.concat([packetOf(named('cut')), packetOf(named('cut off')).subarray(0, -1)]),
  Buffer.concat([part(0, 'unended'), packetOf(named('behind-unended'))]),
  Buffer.concat([part(0, 'two\0texts\0'), packetOf(named('two-texts', { host: '' }))]),
  Buffer.concat([part(2, `${'x'.repeat(128)}\0`), packetOf(named('behind-long'))]),
  Buffer.concat([part(6, Buffer.alloc(20)), packetOf(named('behind-values'))]),
  Buffer.concat([
    part(1, u64(1_800_000_007)),
    part(7, u64(10)),
    packetOf(named('old-times', { time: 0n, interval: 0n })),
  ]),
  Buffer.concat([Buffer.from('00000003', 'hex'), packetOf(named('behind-short'))]),
  packetOf(...Array.from({ length: 60 }, (_, index) => named(`row-of-many-${index}`))),
];

async function linesOfReal(): Promise<readonly string[]> {
  const [sink, port] = [await startLineSink(), await freePort()];
  const conf = confOf('real-reader', `Listen "127.0.0.1" "${port}"`, carbonBlock(sink.port));
  const peer = await startPeer(COLLECTD, ['-f', '-C', conf], (printed) =>
    printed.includes('entering read-loop'),
  );
  await sendAll(port);
  await eventually(() => sink.lines().some((line) => line.startsWith(LAST)) || null);
  await peer.stop();
  return sink.lines().toSorted();
}

async function linesOfOurs(): Promise<readonly string[]> {
  const [sink, port] = [await startLineSink(), await freePort()];
  const conf = confOf('our-reader', `Listen "127.0.0.1" "${port}"`, carbonBlock(sink.port));
  const collector = await start(['collector', '-C', conf]);
  await sendAll(port);
  await eventually(() => sink.lines().some((line) => line.startsWith(LAST)) || null);
  await collector.stop();
  return sink.lines().toSorted();
}

async function sendAll(port: number): Promise<void> {
  for (const packet of ODD) await sendDatagram(packet, port);
  // The real one writes with several threads: what came before must not be overtaken.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await sendDatagram(packetOf({ ...USUAL, host: 'last' }), port);
}

function carbonBlock(port: number): string {
  return `<LoadPlugin write_graphite>
  FlushInterval 1
</LoadPlugin>
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${port}"
    Protocol "tcp"
    StoreRates false
  </Node>
</Plugin>
`;
}

function confOf(name: string, network: string, others: string): string {
  const own = join(folder(), name);
  mkdirSync(own);
  const file = join(own, 'collectd.conf');
  writeFileSync(
    file,
    `${collectdHead(name, own)}LoadPlugin network
<Plugin network>
  ${network}
</Plugin>
${others}`,
  );
  return file;
}
