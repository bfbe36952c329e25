import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import type { Result } from '../../src/core/base/result.ts';
import type { Files } from '../../src/core/host/files.ts';
import { checkArchives } from '../../src/core/whisper/archives.ts';
import { METHODS } from '../../src/core/whisper/aggregate.ts';
import { createWhisper } from '../../src/core/whisper/create.ts';
import { fetchSlots, type Slots } from '../../src/core/whisper/fetch.ts';
import { viewOf, type ArchiveShape } from '../../src/core/whisper/format.ts';
import { merge } from '../../src/core/whisper/merge.ts';
import { openWhisper, type Whisper } from '../../src/core/whisper/open.ts';
import { parseRetention } from '../../src/core/whisper/retention.ts';
import { update } from '../../src/core/whisper/update.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeDiskFiles } from '../tools/disk-files.ts';
import { timesInTier } from '../tools/tier.ts';
import { describeBeside, PYTHON, pythonWhisper } from './peer.ts';

const SEED = 20_261_124;
const SEQUENCES_FULL = 2000;
const STEPS_MIN = 5;
const STEPS_MAX = 25;
const BATCH_MAX = 40;
const FUTURE_BATCH_MAX = 3;

type Command =
  | ['create', string, (readonly [number, number])[], number, string]
  | ['update', string, number, string, number]
  | ['many', string, (readonly [number, string])[], number]
  | ['fetch', string, number, number, number, string | null]
  | MergeCommand;
/** Merges the file with the ending ".source" into the one that is named. */
type MergeCommand = ['merge', string, number | null, number | null, number];
type Happened = string | null | [[number, number, number], (string | null)[]];
type Answer = [happened: Happened, fileHex: string | null];

let folder = '';
let peer: ChildProcessWithoutNullStreams;
let replies: AsyncIterator<string>;

describeBeside([pythonWhisper], 'beside the real whisper', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'whisper-peer-'));
    const script = fileURLToPath(new URL('whisper_peer.py', import.meta.url));
    peer = spawn(PYTHON, [script], { cwd: folder });
    peer.stderr.pipe(process.stderr);
    replies = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  });

  afterAll(() => {
    peer.stdin.end();
    rmSync(folder, { recursive: true });
  });

  const sequences = timesInTier(SEQUENCES_FULL);
  test(`${sequences} random histories leave the same bytes and answers (seed ${SEED})`, async () => {
    const files = makeDiskFiles(folder);
    for (let i = 0; i < sequences; i++) {
      const random = makeRandom(SEED + i);
      const commands = makeHistory(random);
      const theirs = await askPeer(commands.map((command) => under(command, `theirs${i}.wsp`)));
      const ours = commands.map((command) => runOurs(files, under(command, `ours${i}.wsp`)));
      for (const [step, command] of commands.entries())
        expect([step, command, ...(ours[step] ?? [])]).toEqual([
          step,
          command,
          ...(theirs[step] ?? []),
        ]);

      // Both directions: Python reads the file that we wrote, we read the one that Python wrote.
      const fetches = commands.filter((command) => command[0] === 'fetch');
      const crossTheirs = await askPeer(fetches.map((command) => under(command, `ours${i}.wsp`)));
      const crossOurs = fetches.map((command) => runOurs(files, under(command, `theirs${i}.wsp`)));
      expect(crossOurs).toEqual(crossTheirs);
    }
  });
});

async function askPeer(commands: readonly Command[]): Promise<Answer[]> {
  peer.stdin.write(`${JSON.stringify(commands)}\n`);
  const reply = await replies.next();
  if (reply.done) throw new Error('The Python process ended.');
  return JSON.parse(reply.value) as Answer[];
}

/** A history names its files by their endings: "" and ".source". */
function under(command: Command, path: string): Command {
  return command.with(1, path + command[1]) as Command;
}

function runOurs(files: Files, command: Command): Answer {
  const path = command[1];
  const happened = happensOnOurs(files, command);
  const bytes = files.readAll(path);
  return [happened, bytes && Buffer.from(bytes).toString('hex')];
}

function happensOnOurs(files: Files, command: Command): Happened {
  if (command[0] === 'create') {
    const [, path, archives, xFilesFactor, method] = command;
    const shapes = archives.map(([secondsPerPoint, points]) => ({ secondsPerPoint, points }));
    return said(createWhisper(files, path, shapes, { xFilesFactor, method }), 'created');
  }
  const opened = openWhisper(files, command[1]);
  if (!opened.ok) return `refused: ${opened.why}`;
  const whisper = opened.value;
  if (!whisper) return 'refused: no file';
  const happened = happensOnFile(files, whisper, command);
  whisper.file.close();
  return happened;
}

function happensOnFile(
  files: Files,
  whisper: Whisper,
  command: Exclude<Command, ['create', ...unknown[]]>,
): Happened {
  if (command[0] === 'update') {
    const [, , time, value, now] = command;
    return said(update(whisper, time, Number(value), now), 'written');
  }
  if (command[0] === 'many') {
    const points = command[2].map(([time, value]) => ({ time, value: Number(value) }));
    return said(updateMany(whisper, points, command[3]), 'written');
  }
  if (command[0] === 'merge') return mergeOurs(files, whisper, command);
  const [, , from, until, now, step] = command;
  const shape = step === null ? null : parseRetention(`${step}:1`);
  if (shape?.ok === false) return `refused: ${shape.why}`;
  const fetched = fetchSlots(whisper, from, until, now, shape?.value.secondsPerPoint ?? null);
  if (!fetched.ok) return `refused: ${fetched.why}`;
  return fetched.value && asAnswer(fetched.value);
}

function mergeOurs(files: Files, target: Whisper, command: MergeCommand): Happened {
  const [, path, from, until, now] = command;
  const source = openWhisper(files, `${path}.source`);
  if (!source.ok || source.value === null) return 'refused: no source';
  const merged = merge(source.value, target, { from: from ?? 0, until: until ?? now, now });
  source.value.file.close();
  return said(merged, 'merged');
}

function said(result: Result<unknown>, word: string): string {
  return result.ok ? word : `refused: ${result.why}`;
}

function asAnswer({ start, end, step, values }: Slots): Happened {
  const hex = [...values].map((value) => (Number.isNaN(value) ? null : f64Hex(value)));
  return [[start, end, step], hex];
}

function f64Hex(value: number): string {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setFloat64(0, value);
  return Buffer.from(bytes).toString('hex');
}

// ---- histories

function makeHistory(random: Random): Command[] {
  const shapes = makeShapes(random);
  const retentionS = Math.max(...shapes.map((shape) => shape.secondsPerPoint * shape.points));
  const commands: Command[] = ['', '.source'].map((ending) => [
    'create',
    ending,
    shapes.map((shape) => [shape.secondsPerPoint, shape.points] as const),
    pick(random, [0, 0.1, 0.3, 0.5, 0.75, 1]),
    pick(random, METHODS),
  ]);
  let now = 1_000_000_000 + random.below(1_000_000);
  const steps = STEPS_MIN + random.below(STEPS_MAX - STEPS_MIN);
  for (let i = 0; i < steps; i++) {
    now += pick(random, [0, 1, 1, 7, 60, -5, random.below(retentionS), 2 * retentionS]);
    commands.push(makeStep(random, shapes, retentionS, now));
  }
  return commands;
}

function makeStep(
  random: Random,
  shapes: readonly ArchiveShape[],
  retentionS: number,
  now: number,
): Command {
  const ending = random.chance(0.3) ? '.source' : '';
  const from = now - makeAge(random, retentionS);
  const until = from + makeAge(random, retentionS);
  switch (
    pick(random, ['update', 'many', 'run', 'run', 'fetch', 'fetch', 'select', 'merge'] as const)
  ) {
    case 'update':
      return ['update', ending, from, makeValue(random), now];
    case 'many':
      return ['many', ending, makeBatch(random, now, retentionS), now];
    case 'run':
      return ['many', ending, makeRun(random, pick(random, shapes), now), now];
    case 'select':
      return makeSelect(random, shapes, now);
    case 'merge':
      // An end after now is left out: there the real program goes on in the wrong turn of the ring.
      return [
        'merge',
        '',
        random.chance(0.5) ? null : from,
        random.chance(0.5) ? null : Math.min(until, now),
        now,
      ];
    case 'fetch':
      return ['fetch', ending, from, until, now, null];
  }
}

/** A sender that sends at every step, now and then twice or not at all, for up to one turn of the ring. */
function makeRun(random: Random, shape: ArchiveShape, now: number): (readonly [number, string])[] {
  const length = 1 + random.below(shape.points);
  const gaps = pick(random, [0, 0.1, 0.6]);
  return Array.from({ length }, (_, i) => now - i * shape.secondsPerPoint)
    .filter(() => !random.chance(gaps))
    .flatMap((time) => Array.from({ length: random.chance(0.1) ? 2 : 1 }, () => time))
    .map((time) => [time, makeValue(random)] as const);
}

// Within one turn of the ring that answers: further back the real program returns fewer values than it says.
function makeSelect(random: Random, shapes: readonly ArchiveShape[], now: number): Command {
  const own = pick(random, shapes);
  const isOwn = random.chance(0.7);
  const { secondsPerPoint, points } = isOwn ? own : (shapes[0] ?? own);
  const from = now - random.below(secondsPerPoint * points);
  const until = from + random.below(now - from + 1);
  const names = isOwn ? [String(secondsPerPoint), `${secondsPerPoint}s`] : ['7', '1min', '3x', 'x'];
  return ['fetch', '', from, until, now, pick(random, names)];
}

// Shapes that keep whisper's rules: one or two steps of multiplication from the finest archive.
function makeShapes(random: Random): readonly ArchiveShape[] {
  for (;;) {
    const shapes: ArchiveShape[] = [];
    let secondsPerPoint = pick(random, [1, 2, 10, 60]);
    const count = 1 + random.below(3);
    for (let i = 0; i < count; i++) {
      shapes.push({ secondsPerPoint, points: 4 + random.below(40) });
      secondsPerPoint *= 2 + random.below(5);
    }
    if (checkArchives(shapes).ok) return shapes;
  }
}

// A run of neighbouring points that reaches into the future can be longer than the archive, and then the
// real program writes over the archive behind it. Batches with future points are therefore short.
function makeBatch(random: Random, now: number, retentionS: number): (readonly [number, string])[] {
  const mayBeFuture = random.chance(0.2);
  const count = random.below(mayBeFuture ? FUTURE_BATCH_MAX : BATCH_MAX);
  const spread = pick(random, [5, 60, retentionS, retentionS + 10]);
  return Array.from({ length: count }, () => {
    const age = random.below(spread + 1) - (mayBeFuture ? 3 : 0);
    return [now - age, makeValue(random)] as const;
  });
}

// Mostly inside the retention; now and then its very end, beyond it, or the future.
function makeAge(random: Random, retentionS: number): number {
  if (random.chance(0.1)) return pick(random, [0, retentionS - 1, retentionS, retentionS + 1, -1]);
  return random.below(random.chance(0.5) ? retentionS : 30);
}

function makeValue(random: Random): string {
  return pick(random, [
    '0',
    '-0.0',
    '1',
    '2.5',
    '-7',
    '1e300',
    '0.1',
    String(random.fraction() * 1000),
  ]);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.below(choices.length)] as T;
}
