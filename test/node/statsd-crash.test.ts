// StatsD with a spool or a state file while Carbon is away, is stopped, and is killed at any moment: each flush that was in the spool arrives, in order.
//
//   life1.hits:1|c + life1.seq:N|g  --> statsd --> spool --> sink       the hits of a flush are how far seq went since the one before

import { createSocket } from 'node:dgram';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { sendPackets } from '../peers/send.ts';
import { startSink, type Sink } from '../peers/sink.ts';
import { timesInTier } from '../tools/tier.ts';
import { ask } from './manager.ts';
import { eventually, killAll, portOf, run, start, type Running } from './program.ts';

const SEED = 20_261_127;
const KILLS = timesInTier(50);
const STATE_KILLS = timesInTier(20, 5);
const KILL_MS_MAX = 10_000;
const FLUSH_MS = 100;
const PACKET_MS = 2;
/** A minute of outage at the usual ten seconds is six flushes; here are more. */
const OUTAGE_FLUSHES = 20;

let folder = '';
let sink: Sink;
let ends: (() => void)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-spool-'));
  sink = await startSink();
  ends = [() => sink.end()];
});
afterEach(() => {
  for (const end of ends) end();
  killAll();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

it('brings every flush of an outage in order when Graphite is there again, and the last one at SIGTERM', async () => {
  const statsd = await startStatsd();
  const sender = startSender(statsd, 1);
  await eventually(() => flushesOf(sink, 1).length > 2 || null);
  sink.end();
  await eventually(() => spooled().length >= OUTAGE_FLUSHES || null);
  const before = flushesOf(sink, 1);
  sink = await startSink(sink.port);
  await eventually(() => spooled().length <= 1 || null);
  const sent = await sender.end();
  expect(statsd.err()).toContain('Could not send a flush to Graphite');
  await eventually(async () => (await ask(statsd, 'gauges')).includes(`seq': ${sent}`) || null);
  expect((await statsd.stop()).code).toBe(0);
  const flushes = [...before, ...flushesOf(sink, 1)];
  expectWhole(flushes);
  expect(flushes.at(-1)?.seq).toBe(sent);
  expect(spooled()).toEqual([]);
});

it(
  `killed at ${KILLS} moments, loses no flush that was in the spool, and keeps their order (seed ${SEED})`,
  { timeout: KILLS * KILL_MS_MAX },
  async () => {
    const random = makeRandom(SEED);
    /** What stood in the spool at each kill. */
    const kept: (readonly Flush[])[] = [];
    for (let life = 1; life <= KILLS; life++) {
      const statsd = await startStatsd();
      const sender = startSender(statsd, life);
      await wait(FLUSH_MS + random.below(4 * FLUSH_MS));
      await statsd.kill();
      await sender.end();
      kept.push(spooled().flatMap((text) => flushesIn(text, life)));
    }
    const last = await startStatsd();
    expect((await last.stop()).code).toBe(0);
    expect(spooled()).toEqual([]);

    let flushes = 0;
    for (let life = 1; life <= KILLS; life++) {
      const arrived = flushesOf(sink, life);
      expect(arrived).toEqual(expect.arrayContaining([...(kept[life - 1] ?? [])]));
      expectWhole(arrived);
      flushes += arrived.length;
    }
    expect(flushes).toBeGreaterThan(KILLS);
  },
);

it('goes on after SIGTERM with the counters, timers, sets and gauges that were open', async () => {
  const changes = { flushInterval: 600_000, stateFile: join(folder, 'statsd.state') };
  const first = await startStatsd(changes);
  await sendPackets(portOf(first.ready, 'udp'), ['a:3|c\nb:7|g\nt:5|ms|@0.5\ns:anna|s']);
  await eventually(async () => (await ask(first, 'gauges')).includes('b: 7') || null);
  expect((await first.stop()).code).toBe(0);
  expect(spooled()).toEqual([]);

  const second = await startStatsd({ ...changes, flushInterval: 500 });
  await sendPackets(portOf(second.ready, 'udp'), ['a:4|c\nb:+1|g\nt:6|ms\ns:ben|s']);
  const [flush] = await eventually(() => (sink.received().length > 0 ? sink.received() : null));
  expect(flush?.toString()).toMatch(/^stats_counts\.a 7 /m);
  expect(flush?.toString()).toMatch(/^stats\.gauges\.b 8 /m);
  expect(flush?.toString()).toMatch(/^stats\.timers\.t\.count 3 /m);
  expect(flush?.toString()).toMatch(/^stats\.sets\.s\.count 2 /m);
  expect((await second.stop()).code).toBe(0);
});

it(
  `killed at ${STATE_KILLS} moments, goes on with the gauges of its last flush, or of the one it was at (seed ${SEED})`,
  { timeout: STATE_KILLS * KILL_MS_MAX },
  async () => {
    const random = makeRandom(SEED + 1);
    const changes = { stateFile: join(folder, 'statsd.state') };
    let seq = 0;
    for (let life = 1; life <= STATE_KILLS; life++) {
      const statsd = await startStatsd(changes);
      for (let before = life - 1; before > 0; before--) {
        const arrived = flushesOf(sink, before).at(-2)?.seq ?? 0;
        const found = new RegExp(`life${before}\\.seq': (\\d+)`).exec(await ask(statsd, 'gauges'));
        seq = Number(found?.[1] ?? 0);
        expect(seq).toBeGreaterThanOrEqual(arrived);
      }
      const sender = startSender(statsd, life);
      // A slow machine may have come to no flush at all before it is killed; of the first life there is one.
      if (life === 1) await eventually(() => flushesOf(sink, life).length > 0 || null);
      await wait(FLUSH_MS + random.below(3 * FLUSH_MS));
      await statsd.kill();
      await sender.end();
    }
    expect(seq).toBeGreaterThan(STATE_KILLS > 1 ? 0 : -1);
  },
);

it('puts a state file aside that cannot be read, and runs', async () => {
  const stateFile = join(folder, 'statsd.state');
  writeFileSync(stateFile, 'nonsense');
  const statsd = await startStatsd({ stateFile });
  expect(statsd.err()).toMatch(/Put the state file aside.*why=its first line/);
  expect((await statsd.stop()).code).toBe(0);
  expect(readFileSync(`${stateFile}.corrupt-1`, 'utf8')).toBe('nonsense');
});

it('leaves a spool to the StatsD that has it, and another may have it after that one', async () => {
  const statsd = await startStatsd();
  const second = await run(['statsd', join(folder, 'statsd.json')]);
  expect(second.code).toBe(1);
  expect(second.err).toMatch(/The spool ".*" is used by another process \(\d+\)\./);
  await statsd.stop();
  expect((await (await startStatsd()).stop()).code).toBe(0);
});

function startStatsd(changes: object = {}): Promise<Running> {
  const file = join(folder, 'statsd.json');
  const graphite = { graphiteHost: '127.0.0.1', graphitePort: sink.port };
  const places = { port: 0, mgmt_port: 0, spool: join(folder, 'spool') };
  writeFileSync(
    file,
    JSON.stringify({ flushInterval: FLUSH_MS, ...places, ...graphite, ...changes }),
  );
  return start(['statsd', file]);
}

interface Sender {
  /** The number of the last packet. */
  end(): Promise<number>;
}

function startSender(statsd: Running, life: number): Sender {
  const socket = createSocket('udp4');
  let seq = 0;
  const timer = setInterval(() => {
    seq++;
    const packet = `life${life}.hits:1|c\nlife${life}.seq:${seq}|g`;
    socket.send(packet, portOf(statsd.ready, 'udp'), '127.0.0.1');
  }, PACKET_MS);
  const end = (): Promise<number> =>
    new Promise((resolve) => {
      clearInterval(timer);
      socket.send('', 9, '127.0.0.1', () => socket.close(() => resolve(seq)));
    });
  ends.push(() => clearInterval(timer));
  return { end };
}

/** What one flush tells of a life: packets since the flush before, and the number of the last one. */
interface Flush {
  readonly hits: number;
  readonly seq: number;
}

function flushesIn(text: string, life: number): readonly Flush[] {
  const numbers = (name: string): number[] =>
    [...text.matchAll(new RegExp(`^${name} (\\d+) \\d+$`, 'gm'))].map(([, value]) => Number(value));
  const seqs = numbers(`stats\\.gauges\\.life${life}\\.seq`);
  const hits = numbers(`stats_counts\\.life${life}\\.hits`);
  // Of a flush that was cut off on its way, only the beginning has come; it comes again.
  return seqs.map((seq, i) => ({ hits: hits[i] ?? NaN, seq }));
}

/** In the order of their arrival, each once. */
function flushesOf({ received }: Sink, life: number): readonly Flush[] {
  const all = received().flatMap((bytes) => flushesIn(bytes.toString(), life));
  return all.filter(({ seq }, i) => all.findIndex((each) => each.seq === seq) === i);
}

/** Nothing is missing between the first of them and the last. */
function expectWhole(flushes: readonly Flush[]): void {
  const [first] = flushes;
  if (!first) return;
  const told = flushes.map(({ hits }) => hits);
  const counted = flushes.map(({ seq }, i) => seq - (flushes[i - 1]?.seq ?? seq - first.hits));
  expect(told).toEqual(counted);
}

/** The texts in the spool, oldest first. */
function spooled(): readonly string[] {
  const spool = join(folder, 'spool');
  try {
    return readdirSync(spool)
      .filter((name) => /^\d+\.txt$/.test(name))
      .map((name) => readFileSync(join(spool, name), 'utf8'));
  } catch {
    // Not there yet, or a flush was taken while we looked.
    return [];
  }
}
