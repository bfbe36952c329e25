// Debian's graphite-web over our tree: what is not in the files yet, it asks our port 7002 for.
//
//   lines -> stacklab carbon --> Whisper files --> graphite-web: /render
//                 '-- cache <-- port 7002 <-----------'

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { eventually } from '../node/program.ts';
import { EVERY_SECOND, startOurCarbonOn } from './ours.ts';
import { describeBeside, folderForEach, graphiteWeb, PYTHON } from './peer.ts';
import { ask, sendLines } from './send.ts';
import { pathsBelow, storedIn } from './stored.ts';
import { frameOf } from '../../src/core/carbon/frame.ts';
import { pickle } from '../../src/core/carbon/pickle-out.ts';

const SCRIPT = fileURLToPath(new URL('graphite_web.py', import.meta.url));

const folder = folderForEach();
const data = (): string => join(folder(), 'whisper');

interface Series {
  readonly target: string;
  readonly datapoints: readonly (readonly [value: number | null, time: number])[];
}

/** What /render says to each target: values by time. */
function render(port: number, from: number, until: number, targets: readonly string[]) {
  const args = [SCRIPT, folder(), port, from, until, ...targets].map(String);
  const { status, stdout, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const series = JSON.parse(line) as readonly Series[];
      return series.map(({ datapoints }) =>
        datapoints.flatMap(([value, time]) => (value === null ? [] : [[time, value]])),
      );
    });
}

function cachedBytes(port: number, metric: string): Promise<number> {
  const request = new Map([
    ['type', 'cache-query'],
    ['metric', metric],
  ]);
  return ask(port, frameOf(pickle(request))).then((answer) => answer.length);
}

describeBeside([graphiteWeb], "with Debian's graphite-web", () => {
  it.each([0, 1])(
    'it shows points that are only in our cache, with a resolution of %d s',
    async (resolutionS) => {
      const conf = join(folder(), 'conf');
      mkdirSync(conf);
      writeFileSync(join(conf, 'storage-schemas.conf'), EVERY_SECOND);
      // What is older than the lag is written, what is newer waits for long.
      writeFileSync(
        join(conf, 'carbon.conf'),
        `[cache]\nCACHE_WRITE_STRATEGY = timesorted\nMIN_TIMESTAMP_LAG = 300\nMIN_TIMESTAMP_RESOLUTION = ${resolutionS}\n`,
      );
      const ours = await startOurCarbonOn(['line', 'query'], conf, data());
      const nowS = Math.floor(Date.now() / 1000);
      const tagged = 'web.tagged;host=a;rack=1';
      const names = ['web.load', 'web.disk', tagged];
      const old = names.map((name, i) => `${name} ${i + 1} ${nowS - 400}\n`).join('');
      await sendLines(ours.line, old);
      await eventually(() => Object.keys(storedIn(data())).length === names.length || null);
      const empty = await cachedBytes(ours.query, 'nope');
      await sendLines(
        ours.line,
        names
          .map((name, i) => `${name} ${i + 0.5} ${nowS - 20}\n${name} 7 ${nowS - 10}\n`)
          .join(''),
      );
      await eventually(async () => (await cachedBytes(ours.query, tagged)) > empty || null);

      const targets = ['web.load', 'web.*', 'sumSeries(web.*)'];
      const [load, all, sum] = render(ours.query, nowS - 500, nowS + 1, targets);
      expect(load).toEqual([
        [
          [nowS - 400, 1],
          [nowS - 20, 0.5],
          [nowS - 10, 7],
        ],
      ]);
      expect(all).toHaveLength(2);
      expect(sum).toEqual([
        [
          [nowS - 400, 3],
          [nowS - 20, 2],
          [nowS - 10, 14],
        ],
      ]);
      // None of it was in the files meanwhile, and the end writes all.
      const stored = (): number => storedIn(data())['web/load.wsp']?.size ?? 0;
      expect(stored()).toBe(1);
      await ours.stop();
      expect(stored()).toBe(3);
      const path = metricPath(tagged);
      expect(pathsBelow(data())).toContain(path.ok ? path.value : '');
    },
  );
});
