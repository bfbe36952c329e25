// Debian's carbon-cache beside ours with --strict: the same bytes to both, connection by connection.
//
//   lines, packets, pickles -> open or closed, and the files that there are
//   questions to port 7002  -> the same bytes

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { encodeUtf8 } from '../../src/core/base/text.ts';
import { frameOf } from '../../src/core/carbon/frame.ts';
import { pickle, type Pickled } from '../../src/core/carbon/pickle-out.ts';
import { eventually } from '../node/program.ts';
import { ORACLE_CASES, type OracleCase } from '../tools/carbon-oracle.ts';
import { EVERY_SECOND, startOurCarbonOn } from './ours.ts';
import { carbonCache, describeBeside, folderForEach, freePort } from './peer.ts';
import { startRealCarbon, type CarbonKeys } from './real-carbon.ts';
import { ask, isOpenAfter, sendLines, sendPackets } from './send.ts';
import { pathsBelow } from './stored.ts';

/** So long after its bytes a connection is looked at. */
const LOOK_AFTER_MS = 300;
/** The last line that each Carbon gets: when it is on disk, so is all before it. */
const LAST = 'the.last.line';

const folder = folderForEach();
const conf = (): string => join(folder(), 'conf');
beforeEach(() => {
  mkdirSync(conf());
  writeFileSync(join(conf(), 'storage-schemas.conf'), EVERY_SECOND);
});

interface Ports {
  readonly line: number;
  readonly udp: number;
  readonly pickle: number;
  readonly query: number;
}

type Pair = Record<'theirs' | 'ours', Ports> & { stop(): Promise<void> };

/** Both, with the same carbon.conf but for the ports. */
async function startPair(keys: CarbonKeys): Promise<Pair> {
  const [udp, pickled, query] = [await freePort(), await freePort(), await freePort()];
  const real = await startRealCarbon(folder(), conf(), join(folder(), 'theirs'), {
    ...keys,
    ENABLE_UDP_LISTENER: 'True',
    UDP_RECEIVER_INTERFACE: '127.0.0.1',
    UDP_RECEIVER_PORT: udp,
    PICKLE_RECEIVER_PORT: pickled,
    CACHE_QUERY_PORT: query,
  });
  const names = ['line', 'udp', 'pickle', 'query'] as const;
  const ours = await startOurCarbonOn(names, conf(), join(folder(), 'ours'), ['--strict']);
  return {
    theirs: { line: real.port, udp, pickle: pickled, query },
    ours,
    async stop() {
      await real.stop();
      await ours.stop();
    },
  };
}

async function sendCase(ports: Ports, { by, bytes }: OracleCase): Promise<boolean> {
  if (by !== 'packet') return isOpenAfter(ports[by], bytes, LOOK_AFTER_MS);
  await sendPackets(ports.udp, [bytes]);
  return true;
}

describeBeside([carbonCache], "beside Debian's carbon-cache", () => {
  it('treats each of the recorded inputs as that does', async () => {
    const pair = await startPair({ MIN_TIMESTAMP_RESOLUTION: 0 });
    const seen = await Promise.all(
      ORACLE_CASES.map(async (one) => [
        one.name,
        await sendCase(pair.theirs, one),
        await sendCase(pair.ours, one),
      ]),
    );
    expect(seen).toEqual(ORACLE_CASES.map(({ name, isOpen }) => [name, isOpen, isOpen]));
    for (const { line } of [pair.theirs, pair.ours]) await sendLines(line, `${LAST} 1 -1\n`);
    const isThere = (tree: string): boolean =>
      pathsBelow(join(folder(), tree)).includes('the/last/line.wsp');
    await eventually(() => (isThere('theirs') && isThere('ours')) || null);
    await pair.stop();
    const files = [...ORACLE_CASES.flatMap((one) => one.files), 'the/last/line.wsp'];
    expect(pathsBelow(join(folder(), 'theirs'))).toEqual([...new Set(files)].sort());
    expect(pathsBelow(join(folder(), 'ours'))).toEqual(pathsBelow(join(folder(), 'theirs')));
  });

  it.each([0, 1, 10])(
    'answers on port 7002 with the same bytes, for a resolution of %d s',
    async (resolutionS) => {
      // With this lag nothing new is written, so that all of it can be asked for.
      const pair = await startPair({
        MIN_TIMESTAMP_RESOLUTION: resolutionS,
        CACHE_WRITE_STRATEGY: 'timesorted',
        MIN_TIMESTAMP_LAG: 1_000_000,
      });
      const nowS = Math.floor(Date.now() / 1000);
      await fillBoth(pair, nowS);
      const answers: [string, string, string][] = [];
      for (const [name, request] of requests()) {
        const [theirs, ours] = await Promise.all([
          ask(pair.theirs.query, request),
          ask(pair.ours.query, request),
        ]);
        answers.push([name, theirs.toString('hex'), ours.toString('hex')]);
      }
      await pair.stop();
      expect(answers.map(([name, , ours]) => [name, ours])).toEqual(
        answers.map(([name, theirs]) => [name, theirs]),
      );
      // What was compared are points, not empty answers.
      const lengths = answers.map(([, theirs]) => theirs.length);
      expect(Math.max(...lengths)).toBeGreaterThan(500);
    },
  );
});

/** Points that wait in both, and the file of a metric whose header can be asked for. */
async function fillBoth({ theirs, ours }: Pair, nowS: number): Promise<void> {
  const lines = [
    `written 1 ${nowS - 2_000_000}\n`,
    `q.fraction 1.5 ${nowS}.25\nq.fraction 2 ${nowS}.75\nq.fraction -0 ${nowS - 7}\n`,
    `q.again 1 ${nowS}\nq.again inf ${nowS}\nq.again 3 ${nowS + 90_000}\n`,
    `q.t;b=2;a=1 4 ${nowS}\n`,
    ...Array.from({ length: 30 }, (_, i) => `q.many ${i / 7} ${nowS + i}\n`),
    `q.end 1 ${nowS}\n`,
  ].join('');
  for (const { line, query } of [theirs, ours]) {
    await sendLines(line, lines);
    const [, isThere] = request('is it there', ['cache-query', 'metric', 'q.end']);
    const empty = (await ask(query, request('', ['cache-query', 'metric', 'nope'])[1])).length;
    await eventually(async () => (await ask(query, isThere)).length > empty || null);
  }
  const isWritten = (tree: string): boolean =>
    pathsBelow(join(folder(), tree)).includes('written.wsp');
  await eventually(() => (isWritten('theirs') && isWritten('ours')) || null);
}

type Named = readonly [name: string, frame: Uint8Array];

function request(
  name: string,
  [type, key, value, ...more]: readonly [string, string?, Pickled?, ...[string, Pickled][]],
): Named {
  const dict = new Map<string, Pickled>([['type', type], ...more]);
  if (key !== undefined && value !== undefined) dict.set(key, value);
  return [name, frameOf(pickle(dict))];
}

function requests(): readonly Named[] {
  const names = ['q.fraction', 'q.again', 'q.t;a=1;b=2', 'q.t;b=2;a=1', 'q.many', 'nope'];
  return [
    ...names.map((name) => request(name, ['cache-query', 'metric', name])),
    request('all', ['cache-query-bulk', 'metrics', names]),
    request('none', ['cache-query-bulk', 'metrics', []]),
    request('twice', ['cache-query-bulk', 'metrics', ['q.end', 'q.end']]),
    request('another type', ['foo', 'metric', 'q.end']),
    request('its method', ['get-metadata', 'metric', 'written', ['key', 'aggregationMethod']]),
    request('a change', [
      'set-metadata',
      'metric',
      'written',
      ['key', 'aggregationMethod'],
      ['value', 'max'],
    ]),
    request('the changed one', ['get-metadata', 'metric', 'written', ['key', 'aggregationMethod']]),
    request('no metric', ['cache-query']),
    ['no type', frameOf(pickle(new Map([['metric', 'q.end']])))],
    ['no pickle', frameOf(encodeUtf8('zzzz'))],
  ];
}
