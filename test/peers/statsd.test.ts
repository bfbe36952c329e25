// npm's StatsD beside ours: the same configuration, the same packets, each with a Carbon of ours behind it.
//
//   packets --> real statsd ----> tee --> stacklab carbon --> Whisper files
//          '--> stacklab statsd -> tee --> stacklab carbon --> Whisper files

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { eventually } from '../node/program.ts';
import { EVERY_SECOND, startOurCarbon, startOurStatsd, type Ours } from './ours.ts';
import { describeBeside, folderForEach } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';
import { sendPackets } from './send.ts';
import { storedIn } from './stored.ts';
import { filesOf, startTee, type Flush, type Tee } from './tee.ts';

const FLUSH_MS = 1000;
/** A slow machine may send across the moment of a flush; then all is sent again after the next one. */
const SENDINGS_MAX = 5;

/** Gauges begin with a plain value, and all else is gone after a flush: so packets may be sent again. */
const PACKETS = [
  'clinic.visits:1|c',
  'clinic.visits:4|c',
  'clinic.visits:-2.5|c',
  'web.requests:1|c|@0.1',
  'web.requests:3|c|@0.25',
  'ward.beds:12.5|g',
  'ward.beds:+3|g',
  'ward.beds:-0.1|g',
  'ward.temperature:0|g',
  'ward.temperature:-4|g',
  'ward.temperature:+1|g',
  'lab.wait:320|ms',
  'lab.wait:10|ms',
  'lab.wait:45.5|ms|@0.5',
  'lab.wait:7|ms\nlab.wait:99|ms|@0.1\n',
  'lab.single:3|ms',
  'staff:anna|s',
  'staff:ben|s',
  'staff:anna|s',
  'staff:|s',
  'many:1|c:2|c:320|ms:5|g:x|s',
  'tagged.visits:2|c|#site:home,beta',
  'a b/c%d:1|c',
  '7:1|c',
  // What the code lets through, whatever the documents say.
  'odd.hex:0x10|c',
  'odd.exponent:1e3|c',
  'odd.blank: 7 |c',
  'odd.type:1|visits',
  'odd.rate:1|c|@2',
  'odd.rate:1|c|@.5',
  'odd.rate:1|c|@1e-1',
  'odd.early:-5|ms ',
  'odd.tags:1|c|#a;b:c:d,,x=1',
  // Bad ones, which cost nothing but themselves.
  'lonely',
  'bad:value|c',
  'bad:1',
  'bad:1|c|0.1',
  'bad:-5|ms',
  'clinic.visits:x|c:8|c',
];

const CONFIGS: readonly (readonly [string, object])[] = [
  ['the options it has by itself', {}],
  [
    'new names, several percentiles, histograms and a short memory',
    {
      percentThreshold: [50, 99.5, -40],
      histogram: [{ metric: 'lab', bins: [10, 50.5, 'inf'] }],
      deleteIdleStats: true,
      prefixStats: 'own',
      graphite: { legacyNamespace: false, prefixCounter: 'sums', globalSuffix: 'lab' },
    },
  ],
  [
    'chosen statistics, and keys that are cleaned late',
    {
      keyNameSanitize: false,
      flush_counts: false,
      deleteGauges: true,
      gaugesMaxTTL: 2,
      calculatedTimerMetrics: ['count', 'mean', 'upper_percent', 'sum_percent'],
    },
  ],
];

const folder = folderForEach();
const tees: Tee[] = [];
afterEach(() => {
  for (const tee of tees.splice(0)) tee.end();
});

describeBeside([npmStatsd], "beside npm's statsd", () => {
  it.each(CONFIGS)('flushes the same names and values with %s', async (_, config) => {
    writeFileSync(join(folder(), 'storage-schemas.conf'), EVERY_SECOND);
    const [theirs, ours] = await Promise.all([
      flushedBy(startRealStatsd, 'theirs', config),
      flushedBy(startOurStatsd, 'ours', config),
    ]);
    expect(ours).toEqual(theirs);
    expect(theirs.join('\n')).toContain('clinic.visits');
  });
});

/** Three flushes: the one with all packets, and two without any, in which keys go or stay. */
type Flushed = readonly (readonly string[])[];
const FLUSHES = 3;

type StartStatsd = (file: string, config: object) => Promise<Ours>;

async function flushedBy(startStatsd: StartStatsd, name: string, config: object): Promise<Flushed> {
  const data = join(folder(), name);
  const carbon = await startOurCarbon(folder(), data);
  const tee = await startTee(carbon.port);
  tees.push(tee);
  const graphite = { graphiteHost: '127.0.0.1', graphitePort: tee.port };
  const whole = { flushInterval: FLUSH_MS, strict: true, ...graphite, ...config };
  const statsd = await startStatsd(join(folder(), `${name}.json`), whole);
  // The second flush brings a gauge of StatsD's own.
  await whenFlushed(tee, 2);
  const first = await sendInOneFlush(tee, statsd.port);
  await whenFlushed(tee, first + FLUSHES);
  const flushed = tee.flushes().slice(first, first + FLUSHES);
  await statsd.stop();
  await eventually(() => tee.isIdle() || null);
  await carbon.stop();
  expect(storedIn(data)).toEqual(filesOf(tee.flushes()));
  return flushed.map(comparable);
}

/** Sends all packets until they are in one flush; its number. */
async function sendInOneFlush(tee: Tee, udpPort: number): Promise<number> {
  for (let sendings = 0; sendings < SENDINGS_MAX; sendings++) {
    const before = tee.flushes().length;
    await sendPackets(udpPort, PACKETS);
    await whenFlushed(tee, before + 1);
    if (packetsIn(tee.flushes()[before]) === PACKETS.length) return before;
    await whenFlushed(tee, tee.flushes().length + 1);
  }
  throw new Error('No flush held all packets.');
}

// With one second between flushes, the rate of the counter is its sum.
function packetsIn(flush: Flush = []): number {
  const line = flush.find((line) => line.includes('.packets_received'));
  return Number(line?.split(' ')[1]);
}

async function whenFlushed(tee: Tee, count: number): Promise<void> {
  await eventually(() => tee.flushes().length >= count || null);
}

/** Names and values as they were sent, without times and what depends on them. */
const OF_TIME = /graphiteStats\.|\.processing_time|\.timestamp_lag/;

function comparable(flush: Flush): readonly string[] {
  const lines = flush.map((line) => line.split(' ').slice(0, 2));
  return lines.map(([name = '', value]) => (OF_TIME.test(name) ? name : `${name} ${value}`)).sort();
}
