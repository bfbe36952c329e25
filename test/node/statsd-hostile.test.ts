// A StatsD as it is by itself, under packets by dice: it lives, counts each bad sample, and every good line between them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { decodeUtf8Lossy } from '../../src/core/base/text.ts';
import { STATSD_DEFAULTS } from '../../src/core/statsd/config.ts';
import { parsePacket } from '../../src/core/statsd/packet.ts';
import { TCP_LINE_BYTES_MAX } from '../../src/core/statsd/servers.ts';
import { isOpenAfter, sendPackets } from '../peers/send.ts';
import { startSink, type Sink } from '../peers/sink.ts';
import { timesInTier } from '../tools/tier.ts';
import { hostilePacket } from './hostile-packets.ts';
import { ask } from './manager.ts';
import { eventually, killAll, portOf, start, type Running } from './program.ts';

const SEED = 20_261_126;
const PACKETS = timesInTier(20_000);
const BATCH = 20;
const GOOD = 'good.hits:1|c';
/** Longest run of one test. */
const MS_MAX = 120_000;

let folder = '';
let sink: Sink;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-hostile-'));
  sink = await startSink();
});
afterEach(() => {
  sink.end();
  killAll();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

it(
  `lives through ${PACKETS} hostile packets over UDP, and counts as it should (seed ${SEED})`,
  { timeout: MS_MAX },
  async () => {
    const random = makeRandom(SEED);
    const statsd = await startStatsd('udp');
    const port = portOf(statsd.ready, 'udp');
    const expected = { packets: 0, lines: 0, bad: 0, good: 0 };
    for (let sent = 0; sent < PACKETS; sent += BATCH) {
      const hostile = Array.from({ length: BATCH }, () => hostilePacket(random));
      const packets = [...hostile, Buffer.from(GOOD)];
      for (const packet of packets) add(expected, packet);
      await sendPackets(port, packets);
      // Whoever waits for an answer gives it time to read, so that no packet is lost in the kernel.
      expect(await ask(statsd, 'health')).toBe('health: up\n');
    }
    await expectCounted(statsd, expected);
  },
);

it(
  `lives through ${PACKETS} hostile packets over TCP in pieces, and counts as it should (seed ${SEED})`,
  { timeout: MS_MAX },
  async () => {
    const random = makeRandom(SEED + 1);
    const statsd = await startStatsd('tcp');
    const port = portOf(statsd.ready, 'tcp');
    const expected = { packets: 0, lines: 0, bad: 0, good: 0 };
    for (let sent = 0; sent < PACKETS; sent += BATCH) {
      const hostile = Array.from({ length: BATCH }, () => hostilePacket(random));
      const stream = Buffer.concat(
        [...hostile, Buffer.from(GOOD)].flatMap((packet) => [packet, Buffer.from('\n')]),
      );
      add(expected, stream);
      // What is behind the last newline is no line.
      await sendInPieces(port, [...cutBy(random.below, stream), Buffer.from('good.hits:1|c')]);
    }
    expect(await isOpenAfter(port, Buffer.alloc(TCP_LINE_BYTES_MAX + 1, 'x'), 300)).toBe(false);
    await expectCounted(statsd, { ...expected, packets: null });
  },
);

function startStatsd(protocol: string): Promise<Running> {
  const file = join(folder, 'statsd.json');
  const places = { port: 0, mgmt_port: 0, graphiteHost: '127.0.0.1', graphitePort: sink.port };
  writeFileSync(
    file,
    JSON.stringify({ server: `./servers/${protocol}`, flushInterval: 600_000, ...places }),
  );
  return start(['statsd', file]);
}

interface Counts {
  /** Null where they depend on how the kernel cuts a stream. */
  packets: number | null;
  lines: number;
  bad: number;
  good: number;
}

function add(counts: Counts, packet: Uint8Array): void {
  const { keys, bad } = parsePacket(decodeUtf8Lossy(packet), STATSD_DEFAULTS);
  counts.packets = (counts.packets ?? 0) + 1;
  counts.lines += keys.length;
  counts.bad += bad.length;
  counts.good += keys.filter((key) => key === 'good.hits').length;
}

async function expectCounted(statsd: Running, expected: Counts): Promise<void> {
  await eventually(async () =>
    (await ask(statsd, 'counters')).includes(`'good.hits': ${expected.good}`) ? true : null,
  );
  // The last flush has the counters of the whole run.
  expect((await statsd.stop()).code).toBe(0);
  const flush = await eventually(() => sink.received()[0]?.toString() ?? null);
  const counter = (name: string): number =>
    Number(new RegExp(`^stats_counts\\.${name} (\\d+) `, 'm').exec(flush)?.[1]);
  const packets = counter('statsd.packets_received');
  expect({
    packets: expected.packets === null ? null : packets,
    lines: counter('statsd.metrics_received'),
    bad: counter('statsd.bad_lines_seen'),
    good: counter('good.hits'),
  }).toEqual(expected);
  expect(flush).toMatch(/^stats_counts\.__proto__ \d+ /m);
}

function cutBy(below: (limit: number) => number, stream: Buffer): readonly Buffer[] {
  const cuts = [...Array.from({ length: 3 }, () => below(stream.length)), stream.length];
  cuts.sort((a, b) => a - b);
  return cuts.map((end, i) => stream.subarray(cuts[i - 1] ?? 0, end));
}

async function sendInPieces(port: number, pieces: readonly Uint8Array[]): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  for (const piece of pieces) {
    socket.write(piece);
    await wait(1);
  }
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject).on('close', () => resolve());
    socket.end();
    socket.resume();
  });
}
