// Pickles and msgpacks of ours, read by Python beside those of Debian's graphite-web over the same files.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeWhisperStore } from '../../src/api/whisper-store.ts';
import { createWhisper } from '../../src/core/whisper/create.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { makeTree } from '../../src/core/whisper/tree.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeNodeClock } from '../../src/node/clock.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { ORIGIN } from '../api/recorded.ts';
import { describeBeside, folderForEach, graphiteWeb } from './peer.ts';
import { askPython } from './python-lines.ts';

const SCRIPT = 'graphite_formats.py';
const PYTHON_MS_MAX = 30_000;
const folder = folderForEach();
const clock = makeNodeClock();

/** Two metrics of three minutes, the second with a gap. */
function makeFiles(nowS: number): ReturnType<typeof makeNodeFiles> {
  const files = makeNodeFiles(join(folder(), 'whisper'));
  for (const [name, values] of [
    ['a', [1, 2.5, 3]],
    ['b', [7, NaN, -1e300]],
  ] as const) {
    createWhisper(files, `w/${name}.wsp`, [{ secondsPerPoint: 60, points: 600 }]);
    const opened = openWhisper(files, `w/${name}.wsp`);
    if (!opened.ok || !opened.value) throw new Error(name);
    const points = values.flatMap((value, i) =>
      Number.isNaN(value) ? [] : [{ time: nowS - 180 + 60 * i, value }],
    );
    updateMany(opened.value, points, nowS);
    opened.value.file.close();
  }
  return files;
}

type Read = readonly Readonly<Record<string, unknown>>[];

describeBeside([graphiteWeb], "the binary formats of Debian's graphite-web", () => {
  it('hold the same for Python', async () => {
    const nowS = Math.floor(clock.now() / 60_000) * 60;
    const tree = makeTree(makeNodeFiles(join(folder(), 'whisper'), 'r'));
    makeFiles(nowS);
    const store = makeWhisperStore({
      tree: { ...tree, fetch: tree.read, why: () => [] },
      cache: null,
      take: null,
    });
    const app = makeApp({ store, clock });
    const range = `from=${nowS - 240}&until=${nowS}&now=${nowS}&noCache=1`;
    const paths = ['pickle', 'msgpack'].flatMap((format) => [
      `/render?target=w.*&target=sumSeries(w.*)&format=${format}&${range}`,
      `/metrics/find?query=w.*&format=${format}`,
      `/metrics/find?query=*&format=${format}`,
    ]);
    const questions: unknown[] = [];
    for (const path of paths) {
      const answer = await app.request(ORIGIN + path);
      const bytes = Buffer.from(await answer.arrayBuffer());
      questions.push([path, bytes.toString('base64')]);
    }
    const pairs = askPython(SCRIPT, folder(), questions, PYTHON_MS_MAX) as readonly [Read, Read][];
    expect(pairs).toHaveLength(paths.length);
    for (const [at, [theirs, ours]] of pairs.entries())
      expect(sorted(ours), paths[at]).toEqual(sorted(theirs));
  });
});

/** Nodes come there in any order, and their times are those of the moment. */
function sorted(read: Read): Read {
  const text = ({ path, name }: Read[number]): string => String(path ?? name);
  const sortedText = JSON.stringify(read.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)));
  return JSON.parse(
    sortedText.replaceAll(/"intervals":\[\[1[\d.]{9,},1[\d.]{9,}/g, '"intervals":[["from","until"'),
  ) as Read;
}
