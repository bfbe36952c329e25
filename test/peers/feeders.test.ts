// Real programs that feed our Carbon: every point they send is in its files.
//
//   lines -> carbon-relay --(pickles or lines)--> stacklab carbon -> Whisper files
//   collectd -> tee ------------------------------^

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { eventually } from '../node/program.ts';
import { timesInTier } from '../tools/tier.ts';
import type { Points } from '../tools/stored-file.ts';
import { EVERY_SECOND, startOurCarbonOn } from './ours.ts';
import {
  CARBON_RELAY,
  carbonCache,
  collectd,
  COLLECTD,
  describeBeside,
  folderForEach,
  freePort,
  isListening,
  startPeer,
  type RunningPeer,
} from './peer.ts';
import { sendLines } from './send.ts';
import { storedIn } from './stored.ts';
import { collectdHead } from './collectd-head.ts';
import { filesOf, startTee, type Tee } from './tee.ts';

const SEED = 2013;
const LINES_FULL = 20_000;
const METRICS = 50;
/** A 1s:10m file has room for so many seconds, and the test takes some. */
const SECONDS = 400;
/** collectd reads once a second. */
const COLLECTD_RUNS_MS = 4500;

const folder = folderForEach();
const conf = (): string => join(folder(), 'conf');
const data = (): string => join(folder(), 'whisper');
const tees: Tee[] = [];
beforeEach(() => {
  mkdirSync(conf());
  writeFileSync(join(conf(), 'storage-schemas.conf'), EVERY_SECOND);
});
afterEach(() => {
  for (const tee of tees.splice(0)) tee.end();
});

/** The same shape as a tree, with each time once: which of two is later, a relay does not promise. */
function randomLines(count: number): readonly string[] {
  const random = makeRandom(SEED);
  const nowS = Math.floor(Date.now() / 1000);
  const lines = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    const name = `relayed.m${random.below(METRICS)}${random.chance(0.1) ? ';b=2;a=1' : ''}`;
    const time = nowS - random.below(SECONDS);
    // The relay writes ten digits behind the point.
    const value = random.below(1_000_000) / 1024;
    lines.set(`${name} ${time}`, `${name} ${value} ${time}`);
  }
  return [...lines.values()];
}

async function startRelay(port: number, protocol: string): Promise<RunningPeer & { line: number }> {
  const line = await freePort();
  const file = join(conf(), 'carbon-relay.conf');
  writeFileSync(
    join(conf(), 'relay-rules.conf'),
    `[default]\ndefault = true\ndestinations = 127.0.0.1:${port}:a\n`,
  );
  writeFileSync(
    file,
    `[relay]
STORAGE_DIR = ${folder()}
CONF_DIR = ${conf()}
LOG_DIR = ${folder()}
PID_DIR = ${folder()}
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = ${line}
PICKLE_RECEIVER_PORT = 0
RELAY_METHOD = rules
DESTINATIONS = 127.0.0.1:${port}:a
DESTINATION_PROTOCOL = ${protocol}
MAX_QUEUE_SIZE = 100000
CARBON_METRIC_INTERVAL = 0
ENABLE_LOGROTATION = False
`,
  );
  const pid = `--pidfile=${join(folder(), 'relay.pid')}`;
  const peer = await startPeer(CARBON_RELAY, [`--config=${file}`, pid, '--nodaemon', 'start'], () =>
    isListening(line),
  );
  return { ...peer, line };
}

function countOf(files: Readonly<Record<string, Points | undefined>>): number {
  return Object.values(files).reduce((sum, points) => sum + (points?.size ?? 0), 0);
}

describeBeside([carbonCache], 'behind a real carbon-relay', () => {
  const count = timesInTier(LINES_FULL);
  it.each(['pickle', 'line'] as const)(
    `has every point of ${count} lines in its files, sent on as %s (seed ${SEED})`,
    async (protocol) => {
      const ours = await startOurCarbonOn(['line', 'pickle'], conf(), data());
      const relay = await startRelay(ours[protocol], protocol);
      const lines = randomLines(count);
      await sendLines(relay.line, lines.map((line) => `${line}\n`).join(''));
      const sent = filesOf([lines]);
      // When they never come, the comparison below says which are missing.
      await eventually(() => countOf(storedIn(data())) === countOf(sent) || null).catch(() => null);
      await relay.stop();
      await ours.stop();
      expect(storedIn(data())).toEqual(sent);
    },
  );
});

describeBeside([collectd], 'fed by a real collectd', () => {
  it('has every point in its files', async () => {
    const ours = await startOurCarbonOn(['line'], conf(), data());
    const tee = await startTee(ours.line);
    tees.push(tee);
    const file = join(folder(), 'collectd.conf');
    writeFileSync(file, collectdConf(tee.port));
    const peer = await startPeer(COLLECTD, ['-f', '-C', file], (printed) =>
      printed.includes('entering read-loop'),
    );
    await new Promise((resolve) => setTimeout(resolve, COLLECTD_RUNS_MS));
    await peer.stop();
    await eventually(() => (tee.flushes().length > 0 && tee.isIdle()) || null);
    await ours.stop();
    // A first reading of a counter is no rate yet: collectd sends "nan", which is no point.
    const points = tee.flushes().map((flush) => flush.filter((line) => !line.includes(' nan ')));
    const sent = filesOf(points);
    expect(Object.keys(sent).length).toBeGreaterThan(10);
    expect(storedIn(data())).toEqual(sent);
  });
});

function collectdConf(port: number): string {
  return `${collectdHead('real-host', folder())}LoadPlugin cpu
LoadPlugin memory
LoadPlugin load
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${port}"
    Protocol "tcp"
  </Node>
</Plugin>
`;
}
