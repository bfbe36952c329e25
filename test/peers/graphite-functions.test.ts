// The same random targets over the same Whisper files, to Debian's graphite-web and to ours.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeWhisperStore } from '../../src/api/whisper-store.ts';
import { makeRandom } from '../../src/core/base/random.ts';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import type { Clock } from '../../src/core/host/clock.ts';
import { openTagLog, TAGS_FILE } from '../../src/core/tags/tag-log.ts';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { makeTree } from '../../src/core/whisper/tree.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { timesInTier } from '../tools/tier.ts';
import { pick } from '../tools/whisper-files.ts';
import { namesIn, randomCall } from './graphite-calls.ts';
import { deliberate } from './graphite-differences.ts';
import { describeBeside, folderForEach, graphiteWeb } from './peer.ts';
import { askPython } from './python-lines.ts';

const SCRIPT = 'graphite_functions.py';
const SEED = Number(process.env['STACKLAB_SEED'] ?? 20231114);
const TARGETS = timesInTier(1000);
/** The peer takes half a minute for all of the soak on a slow machine. */
const TEST_MS_MAX = 180_000;
const NOW_S = 1_700_000_040;
const FROM_S = NOW_S - 1200;
const SLOTS = 300;
const RELATIVE = 1e-9;

const folder = folderForEach();

const METRICS = [
  'w.a.cpu',
  'w.a.mem',
  'w.b.cpu',
  'w.b.mem',
  'n.constant',
  'n.negative',
  'n.sparse',
  'k.half',
  'disk;dc=x;host=a',
  'disk;dc=x;host=b',
];
const WORDS = {
  paths: [
    'w.a.cpu',
    'w.*.cpu',
    'w.a.*',
    'w.*.*',
    'n.*',
    'k.half',
    'n.constant',
    'nope.x',
    'seriesByTag("name=disk")',
    'seriesByTag("name=disk","host!=a")',
  ],
  times: [`"${NOW_S - 600}"`, `"${NOW_S - 120}"`, `"${FROM_S + 60}"`],
};

const isTagged = (metric: string): boolean => metric.includes(';');

type Points = readonly (readonly [time: number, value: number])[];

function randomPoints(metric: string, step: number): Points {
  const random = makeRandom(SEED + METRICS.indexOf(metric));
  const points: (readonly [number, number])[] = [];
  for (let time = NOW_S - SLOTS * step + step; time <= NOW_S; time += step) {
    if (metric === 'n.constant') points.push([time, 7]);
    else if (metric === 'n.negative') points.push([time, -random.below(50) - 0.25]);
    else if (!random.chance(metric === 'n.sparse' ? 0.6 : 0.05))
      points.push([time, random.chance(0.5) ? random.below(100) : random.fraction() * 100]);
  }
  return points;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const parametersOf = (target: string): Readonly<Record<string, string>> => ({
  target,
  from: String(FROM_S),
  until: String(NOW_S),
  now: String(NOW_S),
});

function theirs(targets: readonly string[]): readonly Answer[] {
  const metrics = METRICS.map((metric) => {
    const path = metricPath(metric);
    if (!path.ok) throw new Error(path.why);
    const step = metric === 'k.half' ? 30 : 60;
    return [path.value, step, randomPoints(metric, step)];
  });
  const first = {
    now: NOW_S,
    slots: SLOTS,
    metrics,
    tagged: METRICS.filter(isTagged),
  };
  const questions = [first, ...targets.map(parametersOf)];
  const answers = askPython(SCRIPT, folder(), questions, TEST_MS_MAX);
  return (answers as readonly [status: number, body: string][]).map(([status, body]) => ({
    status,
    body,
  }));
}

async function ours(targets: readonly string[]): Promise<readonly Answer[]> {
  const tree = makeTree(makeNodeFiles(join(folder(), 'whisper'), 'r'));
  const store = makeWhisperStore({
    tree: {
      find: tree.find,
      fetch: tree.read,
      exists: tree.exists,
      reach: () => null,
      why: () => [],
    },
    cache: null,
    take: null,
  });
  const clock: Clock = { now: () => NOW_S * 1000, steadyMs: () => 0, at: () => () => undefined };
  const tags = openTagLog(makeMemoryFiles(), TAGS_FILE, { say: () => undefined });
  for (const series of METRICS.filter(isTagged)) tags.add(series);
  const app = makeApp({ store, clock, tags });
  const answers: Answer[] = [];
  for (const target of targets) {
    const query = new URLSearchParams({ ...parametersOf(target), format: 'json' });
    const answer = await app.request(`http://127.0.0.1:8080/render?${query}`);
    answers.push({ status: answer.status, body: await answer.text() });
  }
  return answers;
}

/** What is different, in a few words; null when nothing is. */
function difference(ours: Answer, theirs: Answer): string | null {
  const failed = (answer: Answer): boolean => answer.status >= 400;
  if (failed(theirs) && failed(ours)) return null;
  if (failed(theirs))
    return `theirs fails with ${theirs.status}: ${theirs.body}`.replace(/\s+/g, ' ');
  if (failed(ours)) return `ours fails: ${ours.body}`;
  return firstDifference(JSON.parse(ours.body), JSON.parse(theirs.body), '');
}

function firstDifference(left: unknown, right: unknown, path: string): string | null {
  if (typeof left === 'number' && typeof right === 'number') {
    const isNear =
      Math.abs(left - right) <= RELATIVE * Math.max(1, Math.abs(left), Math.abs(right));
    if (left === right || isNear) return null;
  } else if (isRecord(left) && isRecord(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const found = firstDifference(left[key], right[key], `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  } else if (left === right) return null;
  return `${path}: ours ${JSON.stringify(left)}, theirs ${JSON.stringify(right)}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

describeBeside([graphiteWeb], "the functions of Debian's graphite-web", () => {
  it(
    `${TARGETS} random targets give the same series, or an error in both (seed ${SEED})`,
    async () => {
      const random = makeRandom(SEED);
      const names = Object.keys(RENDER_FUNCTIONS);
      // A fast run has fewer targets than there are functions: it begins at a random one.
      const first = random.below(names.length);
      const targets = Array.from({ length: TARGETS }, (_, at) =>
        randomCall(random, WORDS, names[(first + at) % names.length] ?? pick(random, names)),
      );
      const original = theirs(targets);
      const own = await ours(targets);
      const tally = new Map<string, { calls: number; equal: number; deliberate: number }>();
      const unexpected: string[] = [];
      const none = { status: 0, body: '' };
      for (const [at, target] of targets.entries()) {
        const found = difference(own[at] ?? none, original[at] ?? none);
        const isDeliberate = found !== null && deliberate(target, found);
        if (found !== null && !isDeliberate) unexpected.push(`${target}: ${found}`);
        for (const name of new Set(namesIn(target))) {
          const row = tally.get(name) ?? { calls: 0, equal: 0, deliberate: 0 };
          row.calls++;
          if (found === null) row.equal++;
          if (isDeliberate) row.deliberate++;
          tally.set(name, row);
        }
      }
      console.log(
        [...tally]
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(
            ([name, row]) =>
              `${name}: ${row.calls} calls, ${row.equal} equal, ${row.deliberate} deliberate`,
          )
          .join('\n'),
      );
      expect(unexpected).toEqual([]);
    },
    TEST_MS_MAX,
  );
});
