// The clock is set back by an hour and forward by two while our Carbon and the real one run: Debian's libfaketime stands
// between a program and the date.
//
//   a file "-3600" --> libfaketime --> carbon-cache ------> Whisper files
//                              '-----> stacklab carbon ---> Whisper files
//
// With FAKETIME_DONT_FAKE_MONOTONIC only the date steps, as it does when somebody sets it. Seen with libfaketime 0.9.10:
//   - Node 20's timers ring as before, and Date.now() follows the file at once. With the monotonic clock faked too, no timer
//     rings any more after a step back.
//   - time.sleep of Python 3.11 fails with EINVAL, so the real writer's thread ends: it gets another sleep here.
//   - After the step forward the real Carbon closes a connection as idle that was not; ours keeps it.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { eventually, type Environment } from '../node/program.ts';
import type { Points } from '../tools/stored-file.ts';
import { itInCi } from '../tools/tier.ts';
import { startOurCarbon, type Ours } from './ours.ts';
import { carbonCache, describeBeside, faketime, folderForEach } from './peer.ts';
import { startRealCarbon, type RealCarbon } from './real-carbon.ts';
import { sendLines } from './send.ts';
import { fileIn } from './stored.ts';

const HOUR_S = 3600;
/** What the date is off by, one after the other. */
const OFFSETS_S = [0, -HOUR_S, HOUR_S];
const SCHEMAS = '[all]\npattern = .*\nretentions = 1s:1d\n';
const POINTS = 60;
/** Shorter than the step forward, longer than the test. */
const IDLE_S = 1800;

const folder = folderForEach();
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

describeBeside([faketime, carbonCache], 'with a date that is set', () => {
  itInCi('has every point, as the real carbon-cache has, and goes on writing', async () => {
    const [theirs, ours] = [join(folder(), 'theirs'), join(folder(), 'ours')];
    const [real, carbon] = await startBoth(theirs, ours);
    const [theirIdle, ourIdle] = [await openIdle(real.port), await openIdle(carbon.port)];
    const sent = new Map<number, number>();
    for (const [step, offsetS] of OFFSETS_S.entries()) {
      setDate(offsetS);
      const earliest = nowS(offsetS);
      const text = `${nextLines(sent, earliest)}now.step${step} ${step} -1\n`;
      await Promise.all([real, carbon].map(({ port }) => sendLines(port, text)));
      for (const data of [theirs, ours]) {
        await eventually(() => pointsIn(data, 'all').size === sent.size || null);
        await eventually(() => pointsIn(data, `now/step${step}`).size === 1 || null);
        const [[time, value] = [NaN, NaN]] = pointsIn(data, `now/step${step}`);
        expect([data, value]).toEqual([data, step]);
        expect(time).toBeGreaterThanOrEqual(earliest);
        expect(time).toBeLessThanOrEqual(nowS(offsetS));
      }
    }
    await eventually(() => theirIdle.readyState === 'closed' || null);
    expect(ourIdle.readyState).toBe('open');
    await real.stop();
    await carbon.stop();
    expect(pointsIn(ours, 'all')).toEqual(sent);
    expect(pointsIn(theirs, 'all')).toEqual(sent);
  });
});

async function startBoth(theirs: string, ours: string): Promise<readonly [RealCarbon, Ours]> {
  const conf = join(folder(), 'conf');
  mkdirSync(conf);
  writeFileSync(join(conf, 'storage-schemas.conf'), SCHEMAS);
  setDate(0);
  // The carbon.conf that it leaves is read by ours too.
  const real = await startRealCarbon(
    folder(),
    conf,
    theirs,
    { METRIC_CLIENT_IDLE_TIMEOUT: IDLE_S },
    { ...underFaketime(), PYTHONPATH: withOtherSleep() },
  );
  return [real, await startOurCarbon(conf, ours, underFaketime())];
}

/** All programs see the new date at once. */
function setDate(offsetS: number): void {
  writeFileSync(`${dateFile()}.new`, `${offsetS < 0 ? '' : '+'}${offsetS}`);
  renameSync(`${dateFile()}.new`, dateFile());
}

const dateFile = (): string => join(folder(), 'date');
const nowS = (offsetS: number): number => Math.floor(Date.now() / 1000) + offsetS;

function underFaketime(): Environment {
  return {
    // The loader puts the machine's folder of libraries in the place of $LIB.
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
    FAKETIME_TIMESTAMP_FILE: dateFile(),
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Files keep their times.
    NO_FAKE_STAT: '1',
  };
}

/** A folder for PYTHONPATH: Python 3.11 sleeps with a call that this libfaketime refuses, which would end the writer's thread. */
function withOtherSleep(): string {
  const python = join(folder(), 'python');
  mkdirSync(python);
  const text = `import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds)
`;
  writeFileSync(join(python, 'sitecustomize.py'), text);
  return python;
}

/** A connection that brings nothing. */
function openIdle(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', reject).on('connect', () => resolve(socket));
    socket.resume();
  });
}

/** One point for each of the last seconds; they are noted in `sent`. */
function nextLines(sent: Map<number, number>, untilS: number): string {
  const lines = Array.from({ length: POINTS }, (_, i) => {
    const [time, value] = [untilS - i, sent.size + 1];
    sent.set(time, value);
    return `all ${value} ${time}\n`;
  });
  return lines.join('');
}

function pointsIn(data: string, name: string): Points {
  return fileIn(data, `${name}.wsp`)?.archives[0] ?? new Map();
}
