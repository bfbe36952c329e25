// The console backend of npm's StatsD and of a strict one of ours: for the same packets they print the same bytes.

import { join } from 'node:path';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { talk } from '../node/manager.ts';
import { eventually } from '../node/program.ts';
import { startOurStatsd } from './ours.ts';
import { describeBeside, folderForEach } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';
import { sendPackets } from './send.ts';

const FLUSH_MS = 1000;
const FLUSHES = 3;
/** A slow machine may send across the moment of a flush; then all is sent again in a later one. */
const SENDINGS_MAX = 5;
const PACKETS = [
  'clinic.visits:1|c\nclinic.visits:2.5|c|@0.1\n10:1|c\n7:2|c',
  "ward.beds:12.5|g\nit's:-4|g\n3:1|g",
  `lab.wait:320|ms:5|ms|@0.5:44.25|ms\nlong:${Array.from({ length: 120 }, (_, i) => `${(i * 7) % 120}|ms`).join(':')}`,
  'staff:ben|s:anna|s:10|s:9|s:|s\nbad:x|c\nhollow:1|h|#site:home',
];
const CONFIGS: readonly (readonly [string, object])[] = [
  ['as it is by itself', {}],
  [
    'pretty, with histograms and a short memory',
    {
      console: { prettyprint: true },
      deleteIdleStats: true,
      percentThreshold: [50, -20, 99.9],
      histogram: [{ metric: 'lab', bins: [10, 50.5, 'inf'] }],
    },
  ],
  [
    'with a histogram that is too deep to be shown, and chosen statistics',
    {
      histogram: [{ metric: '', bins: [100] }],
      calculatedTimerMetrics: ['count', 'histogram', 'upper_percent'],
      prefixStats: 'own',
    },
  ],
];

/** Numbers may stand behind the code of their colour. */
const PACKETS_COUNTED = /packets_received'.*: (?:\x1b\[33m)?(\d+)/;
const LAG = /(timestamp_lag'.*: (?:\x1b\[33m)?)-?[\d.e-]+/;

const folder = folderForEach();

describeBeside([npmStatsd], "beside npm's statsd", () => {
  it.each(CONFIGS)('prints the same flushes %s', async (_, config) => {
    const whole = {
      backends: ['./backends/console'],
      flushInterval: FLUSH_MS,
      strict: true,
      ...config,
    };
    const [theirs, ours] = await Promise.all([
      printedBy(startRealStatsd, 'theirs', whole),
      printedBy(startOurStatsd, 'ours', whole),
    ]);
    expect(ours.flushes).toBe(theirs.flushes);
    expect(theirs.flushes).toContain('clinic.visits');
    expect(ours.status).toBe(theirs.status);
    expect(theirs.status).toContain('console.lastFlush: START\n');
  });
});

/** One flush with all packets and those behind it, and what the management port tells of the backend. */
interface Printed {
  readonly flushes: string;
  readonly status: string;
}

async function printedBy(
  startStatsd: typeof startOurStatsd,
  name: string,
  config: object,
): Promise<Printed> {
  const startMs = Date.now();
  const statsd = await startStatsd(join(folder(), `${name}.json`), config);
  const [firstS, lastS] = [startMs, Date.now()].map((ms) => Math.round(ms / 1000));
  const isStart = (second: string): boolean =>
    Number(second) >= (firstS ?? NaN) && Number(second) <= (lastS ?? NaN);
  const manager = connect(statsd.managementPort, '127.0.0.1');
  await whenFlushed(statsd.printed, 2);
  for (let sendings = 0; sendings < SENDINGS_MAX; sendings++) {
    const before = flushesIn(statsd.printed()).length;
    await whenFlushed(statsd.printed, before + 1);
    await sendPackets(statsd.port, PACKETS);
    const first = flushesIn(statsd.printed()).length;
    await whenFlushed(statsd.printed, first + FLUSHES);
    const flushes = flushesIn(statsd.printed()).slice(first, first + FLUSHES);
    const [, packets] = PACKETS_COUNTED.exec(flushes[0] ?? '') ?? [];
    if (Number(packets) !== PACKETS.length) continue;
    const status = await talk(manager, 'stats');
    manager.destroy();
    await statsd.stop();
    return { flushes: flushes.join(''), status: comparable(status, isStart) };
  }
  throw new Error(`No flush of ${name} held all packets: ${statsd.printed()}`);
}

/** Each from its first line to the brace at its end; how late it was depends on the machine. */
function flushesIn(printed: string): readonly string[] {
  const flushes = printed.match(/^Flushing stats at {2}.*\n\{\n[^]*?^\}\n/gm) ?? [];
  return flushes.map((flush) =>
    flush
      .replace(
        /^(Flushing stats at {2})[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} [\d:]{8} GMT\+\d{4} \(.+\)\n/,
        '$1DATE\n',
      )
      .replace(LAG, '$1LAG'),
  );
}

function comparable(status: string, isStart: (second: string) => boolean): string {
  return status
    .replaceAll(/^(?:uptime|messages\.last_msg_seen): .*\n/gm, '')
    .replaceAll(/\d{10}/g, (second) => (isStart(second) ? 'START' : second));
}

async function whenFlushed(printed: () => string, count: number): Promise<void> {
  await eventually(() => flushesIn(printed()).length >= count || null);
}
