// Packets by dice, good and bad ones, to npm's StatsD and to ours: one flush of each is compared line by line.

import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { eventually } from '../node/program.ts';
import { timesInTier } from '../tools/tier.ts';
import { startOurStatsd, type Ours } from './ours.ts';
import { describeBeside, folderForEach } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';
import { sendPackets } from './send.ts';
import { startSink, type Sink } from './sink.ts';

const SEED = 8127;
const PACKETS = timesInTier(1000);
const FLUSH_MS = 3000;
/** A slow machine may send across the moment of a flush; then all is sent again in the next one. */
const SENDINGS_MAX = 4;
const BATCH = 20;
const BATCH_MS = 10;
const OF_TIME = /graphiteStats\.|processing_time|timestamp_lag/;

/** Every answer of the dice is a text that the real program survives. */
const KEYS = ['a', 'b.c', 'd e', 'f/g', 'h;x=1', '7', '10', '', 'é', 'ward.beds', 'i\tj', '-', '='];
const VALUES = [
  '1',
  '2.5',
  '-3',
  '+4',
  '0',
  '',
  'x',
  ' 7 ',
  '0x10',
  '1e3',
  '1e-7',
  '.5',
  '5.',
  'NaN',
];
const TYPES = ['c', 'ms', 'g', 's', 'h', 'd', '', 'ms ', ' g', 'c\r', 'C', 's '];
const RATES = [
  '',
  '',
  '',
  '',
  '|@0.1',
  '|@.5',
  '|@2',
  '|@1e-1',
  '|0.1',
  '|@',
  '|',
  '|@x',
  '|@-1',
  '|@1|x',
];
const TAGS = ['', '', '', '|#', '|#a:1', '|#a:1,b', '|#a;b:c:d,,x=1', '|#a|#b', '|#é:ü'];
const CONFIGS: readonly object[] = [
  { percentThreshold: [90, -20, 99.9, -100, 0] },
  {
    keyNameSanitize: false,
    percentThreshold: [50],
    histogram: [
      { metric: 'b', bins: [] },
      { metric: '', bins: [1, 2.5, 'inf'] },
    ],
    calculatedTimerMetrics: ['histogram', 'median', 'std', 'lower_percent', 'upper_percent'],
    graphite: { legacyNamespace: false, globalSuffix: 'end', prefixGauge: '' },
  },
  { graphiteProtocol: 'pickle' },
];

const folder = folderForEach();
const sinks: Sink[] = [];
afterEach(() => {
  for (const sink of sinks.splice(0)) sink.end();
});

describeBeside([npmStatsd], "with npm's statsd", () => {
  it.each(CONFIGS.map((config, i) => [SEED + i, config] as const))(
    `${PACKETS} packets by dice make the same flush (seed %i)`,
    async (seed, config) => {
      const random = makeRandom(seed);
      const packets = Array.from({ length: PACKETS }, () => packetBy(random));
      const whole = { flushInterval: FLUSH_MS, deleteIdleStats: true, strict: true, ...config };
      const [theirs, ours] = await Promise.all([
        flushOf(startRealStatsd, 'theirs', whole, packets),
        flushOf(startOurStatsd, 'ours', whole, packets),
      ]);
      expect(ours).toEqual(theirs);
      expect(theirs.length).toBeGreaterThan(PACKETS / 10);
    },
  );
});

function packetBy(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(3) }, () => {
    const samples = Array.from(
      { length: random.below(4) },
      () => `:${pick(random, VALUES)}|${pick(random, TYPES)}${pick(random, RATES)}`,
    );
    return pick(random, KEYS) + samples.join('') + pick(random, TAGS);
  });
  return lines.join('\n') + pick(random, ['', '\n', '\n\n']);
}

function pick(random: Random, list: readonly string[]): string {
  return list[random.below(list.length)] ?? '';
}

type StartStatsd = (file: string, config: object) => Promise<Ours>;

async function flushOf(
  startStatsd: StartStatsd,
  name: string,
  config: object,
  packets: readonly string[],
): Promise<readonly string[]> {
  const sink = await startSink();
  sinks.push(sink);
  const graphite = {
    graphiteHost: '127.0.0.1',
    graphitePort: sink.port,
    graphitePicklePort: sink.port,
  };
  const statsd = await startStatsd(join(folder(), `${name}.json`), { ...config, ...graphite });
  // The second flush brings a gauge of StatsD's own.
  await whenFlushed(sink, 2);
  for (let sendings = 0; sendings < SENDINGS_MAX; sendings++) {
    const before = sink.received().length;
    await sendSlowly(statsd.port, packets);
    await whenFlushed(sink, before + 1);
    const lines = linesOf(sink.received()[before] ?? Buffer.alloc(0));
    const text = lines.find((line) => line.includes('.packets_received')) ?? '';
    if (Math.round(Number(text.split(' ')[1]) * (FLUSH_MS / 1000)) === packets.length) {
      await statsd.stop();
      // A tag that was kept raw may hold blanks, but the time is always behind the last one.
      return lines.filter((line) => !OF_TIME.test(line)).map((line) => line.replace(/ \d+$/, ''));
    }
    await whenFlushed(sink, before + 2);
  }
  throw new Error('No flush held all packets.');
}

const PICKLED_ITEM = /\(S'(.*)'\n\(L(\d+)L\nS'(.*)'\ntta/g;

/** What a pickle has around its items stays a part of the first line and the last one. */
function linesOf(flush: Buffer): string[] {
  const isPickle = flush.length > 4 && flush.readUInt32BE() === flush.length - 4;
  const body = isPickle ? flush.subarray(4) : flush;
  return body.toString().replaceAll(PICKLED_ITEM, '$1 $3 $2\n').trimEnd().split('\n');
}

// The buffer of the real program's socket holds few packets, and it logs each bad line.
async function sendSlowly(port: number, packets: readonly string[]): Promise<void> {
  for (let at = 0; at < packets.length; at += BATCH) {
    await sendPackets(port, packets.slice(at, at + BATCH));
    await new Promise((resolve) => setTimeout(resolve, BATCH_MS));
  }
}

async function whenFlushed(sink: Sink, count: number): Promise<void> {
  await eventually(() => sink.received().length >= count || null);
}
