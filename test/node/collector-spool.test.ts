// The collector with a spool while Carbon is away, is stopped, and is killed at any moment: what was in the spool arrives, in order.
//
//   a program that counts --> collector --> spool --> sink        life1: 0 1 2 3 ... none missing, from the first to the last

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { startSink, type Sink } from '../peers/sink.ts';
import { timesInTier } from '../tools/tier.ts';
import { eventually, killAll, run, start, type Running } from './program.ts';

const SEED = 20_261_127;
const KILLS = timesInTier(50);
const KILL_MS_MAX = 10_000;
const INTERVAL_S = 0.2;
/** A minute of outage at the usual ten seconds is six readings; here are more. */
const OUTAGE_FILES = 15;
/** Root runs no program as itself, and who is not root can run one only as itself. */
const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;

let folder = '';
let sink: Sink;
let silent: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-spool-'));
  chmodSync(folder, 0o755);
  const program = join(folder, 'count.sh');
  writeFileSync(
    program,
    `#!/bin/sh
n=0
while echo "PUTVAL host/count/gauge-$1 N:$n"; do
  n=$((n + 1))
  sleep 0.03
done
`,
  );
  chmodSync(program, 0o755);
  sink = await startSink();
  // It accepts, and never reads.
  silent = createServer({ pauseOnConnect: true });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  sink.end();
  silent.close();
  killAll();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

it('brings all of an outage in order when Graphite is there again, and the last values at SIGTERM', async () => {
  const collector = await startCollector(1);
  await eventually(() => countsOf(sink, 1).length > 2 || null);
  sink.end();
  await eventually(() => spooled('sink').length >= OUTAGE_FILES || null);
  const before = countsOf(sink, 1);
  sink = await startSink(sink.port);
  await eventually(() => spooled('sink').length <= 1 || null);
  const { code, err } = await collector.stop();
  expect([code, err.split('Carbon does not answer').length - 1]).toEqual([0, 1]);
  expectWhole([...before, ...countsOf(sink, 1)]);
  expect(spooled('sink')).toEqual([]);
});

it('is not held up by a node that never reads, and keeps for it what it did not take', async () => {
  const collector = await startCollector(1, [nodeOf('silent', portOf(silent))]);
  await eventually(() => countsOf(sink, 1).length > 2 * OUTAGE_FILES || null);
  expect((await collector.stop()).code).toBe(0);
  expectWhole(countsOf(sink, 1));
  expect(spooled('sink')).toEqual([]);
  const kept = spooled('silent').flatMap((text) => countsIn(text, 1));
  expect(kept).toEqual(countsOf(sink, 1));
});

it('without a spool, says at the end how many lines are lost', async () => {
  const port = portOf(silent);
  await new Promise((resolve) => silent.close(resolve));
  const collector = await startCollector(1, [nodeOf('dead', port).replace(/^.*Spool.*$/m, '')]);
  await eventually(() => (countsOf(sink, 1).length > 2 ? true : null));
  const { code, err } = await collector.stop();
  expect(code).toBe(1);
  expect(err).toMatch(/^[1-9]\d* lines were not taken by Carbon and are lost\.$/m);
});

it('leaves a spool to the collector that has it', async () => {
  const collector = await startCollector(1);
  const second = await run(['collector', '-C', join(folder, 'collectd.conf')]);
  expect(second.code).toBe(1);
  expect(second.err).toMatch(/The spool ".*" is used by another process \(\d+\)\./);
  expect((await collector.stop()).code).toBe(0);
});

it(
  `killed at ${KILLS} moments, loses nothing that was in the spool, and keeps its order (seed ${SEED})`,
  { timeout: KILLS * KILL_MS_MAX },
  async () => {
    const random = makeRandom(SEED);
    /** What stood in the spool at each kill. */
    const kept: (readonly number[])[] = [];
    for (let life = 1; life <= KILLS; life++) {
      const collector = await startCollector(life);
      await wait(250 + random.below(600));
      await collector.kill();
      kept.push(spooled('sink').flatMap((text) => countsIn(text, life)));
    }
    const last = await startCollector(KILLS + 1);
    await eventually(() => countsOf(sink, KILLS + 1).length > 0 || null);
    expect((await last.stop()).code).toBe(0);
    expect(spooled('sink')).toEqual([]);

    let arrivedInAll = 0;
    for (let life = 1; life <= KILLS; life++) {
      const arrived = countsOf(sink, life);
      expect(arrived).toEqual(expect.arrayContaining([...(kept[life - 1] ?? [])]));
      expectWhole(arrived);
      arrivedInAll += arrived.length;
    }
    expect(arrivedInAll).toBeGreaterThan(KILLS);
  },
);

function startCollector(life: number, more: readonly string[] = []): Promise<Running> {
  const file = join(folder, 'collectd.conf');
  writeFileSync(
    file,
    `Interval ${INTERVAL_S}
LoadPlugin exec
<Plugin exec>
  Exec "${SOMEBODY}" "${join(folder, 'count.sh')}" "life${life}"
</Plugin>
<Plugin write_graphite>
${nodeOf('sink', sink.port)}
${more.join('')}
</Plugin>
`,
  );
  return start(['collector', '-C', file]);
}

function nodeOf(name: string, port: number): string {
  return `<Node "${name}">
  Host "127.0.0.1"
  Port "${port}"
  Spool "${join(folder, name)}"
</Node>
`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function countsIn(text: string, life: number): readonly number[] {
  const line = new RegExp(`^host\\.count\\.gauge-life${life} (\\d+) \\d+\\r$`, 'gm');
  return [...text.matchAll(line)].map(([, count]) => Number(count));
}

/** In the order of their arrival, each once. */
function countsOf({ received }: Sink, life: number): readonly number[] {
  return [...new Set(received().flatMap((bytes) => countsIn(bytes.toString(), life)))];
}

/** None is missing from the first to the last, and none overtook another. */
function expectWhole(counts: readonly number[]): void {
  expect(counts).toEqual(Array.from({ length: counts.length }, (_, at) => at));
}

/** The texts in the spool of a node, oldest first. */
function spooled(node: string): readonly string[] {
  const spool = join(folder, node);
  try {
    return readdirSync(spool)
      .filter((name) => /^\d+\.txt$/.test(name))
      .map((name) => readFileSync(join(spool, name), 'utf8'));
  } catch {
    // Not there yet, or a file was taken while we looked.
    return [];
  }
}
