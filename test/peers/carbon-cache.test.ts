// The real carbon-cache behind our StatsD, and beside our Carbon.
//
//   packets -> stacklab statsd -> tee -> carbon-cache -> Whisper files
//   random lines --+--> carbon-cache ----> Whisper files
//                  '--> stacklab carbon -> Whisper files

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { eventually } from '../node/program.ts';
import { timesInTier } from '../tools/tier.ts';
import {
  AGGREGATION,
  COARSEST_STEP_S,
  makeStream,
  SCHEMAS,
  STEADY_NAMES,
  type Stream,
} from './carbon-stream.ts';
import { EVERY_SECOND, startOurCarbon, startOurStatsd } from './ours.ts';
import { carbonCache, describeBeside, folderForEach } from './peer.ts';
import { startRealCarbon } from './real-carbon.ts';
import { sendLines, sendPackets } from './send.ts';
import { fileIn, pathOf, pathsBelow, storedIn } from './stored.ts';
import { filesOf, startTee, type Tee } from './tee.ts';

const SEED = 20_261_125;
const LINES_FULL = 60_000;
const FLUSHES = 3;
const PACKETS = [
  'clinic.visits:3|c|@0.7',
  'ward.beds:-12.1|g',
  'lab.wait:320|ms\nlab.wait:45.5|ms',
  'staff:anna|s',
  'tagged:1|c|#site:home',
];

const folder = folderForEach();
const conf = (): string => join(folder(), 'conf');
const tees: Tee[] = [];
beforeEach(() => mkdirSync(conf()));
afterEach(() => {
  for (const tee of tees.splice(0)) tee.end();
});

describeBeside([carbonCache], 'with the real carbon-cache', () => {
  it('finds all points of our StatsD in its files, as they were sent', async () => {
    writeFileSync(join(conf(), 'storage-schemas.conf'), EVERY_SECOND);
    const data = join(folder(), 'theirs');
    const carbon = await startRealCarbon(folder(), conf(), data);
    const tee = await startTee(carbon.port);
    tees.push(tee);
    const graphite = { graphiteHost: '127.0.0.1', graphitePort: tee.port };
    const file = join(folder(), 'statsd.json');
    const statsd = await startOurStatsd(file, { flushInterval: 1000, ...graphite });
    await sendPackets(statsd.port, PACKETS);
    await eventually(() => tee.flushes().length >= FLUSHES || null);
    await statsd.stop();
    await eventually(() => tee.isIdle() || null);
    const sent = filesOf(tee.flushes());
    // When it never comes, the comparison below says what is missing.
    await eventually(() => isDeepStrictEqual(storedIn(data), sent) || null).catch(() => null);
    await carbon.stop();
    expect(storedIn(data)).toEqual(sent);
    const visits = storedIn(data)[pathOf('stats_counts.clinic.visits')]?.values() ?? [];
    expect([...visits]).toContain(3 / 0.7);
  });

  const lines = timesInTier(LINES_FULL);
  it(`leaves the same files and values as ours after ${lines} random lines (seed ${SEED})`, async () => {
    writeFileSync(join(conf(), 'storage-schemas.conf'), SCHEMAS);
    writeFileSync(join(conf(), 'storage-aggregation.conf'), AGGREGATION);
    const nowS = Math.floor(Date.now() / 1000);
    const base = nowS - (nowS % COARSEST_STEP_S);
    const [theirs, ours] = [join(folder(), 'theirs'), join(folder(), 'ours')];
    await feedBoth(makeStream(makeRandom(SEED), base, lines), theirs, ours);

    const paths = pathsBelow(theirs);
    expect(pathsBelow(ours)).toEqual(paths);
    for (const path of paths) {
      const real = fileIn(theirs, path);
      expect([path, real]).not.toEqual([path, null]);
      expect([path, fileIn(ours, path)]).toEqual([path, real]);
    }
    // Where the rings of the others begin depends on what the first write holds, and in coarser archives on the
    // order in which Python walks a set: of those only the points can be compared.
    for (const path of STEADY_NAMES.map(pathOf))
      expect(readFileSync(join(ours, path)).equals(readFileSync(join(theirs, path)))).toBe(true);
  });
});

/** Gives both Carbons the portions of a stream, each when the one before is on both disks, and stops them. */
async function feedBoth(stream: Stream, theirs: string, ours: string): Promise<void> {
  // The real one comes first: its carbon.conf is read by ours too.
  const real = await startRealCarbon(folder(), conf(), theirs);
  const carbon = await startOurCarbon(conf(), ours);
  for (const [index, portion] of stream.portions.entries()) {
    await Promise.all([real, carbon].map(({ port }) => sendLines(port, portion)));
    const hasMarkers = (data: string): boolean =>
      stream.names.every((name) => valueAt(data, name, stream.markerTime) === index + 1);
    await eventually(() => (hasMarkers(theirs) && hasMarkers(ours)) || null);
  }
  // The real writer ends its round before the process ends: what is behind the markers gets on disk too.
  await real.stop();
  await carbon.stop();
}

function valueAt(data: string, name: string, time: number): number | undefined {
  const file = fileIn(data, pathOf(name));
  const stepS = file?.header.archives[0]?.secondsPerPoint ?? 1;
  return file?.archives[0]?.get(time - (time % stepS));
}
