// Every whisper command beside the tool of Debian that it stands for: the same files, the same arguments, the same time.
// What is printed, the exit code and all bytes afterwards must agree.
//
// Where we differ on purpose:
//   arguments     a wrong command line is one sentence and exit code 2, and no page of help
//   missing file  set-… and resize print no page of help behind their error
//   errors        where Python prints a traceback, we print one "[ERROR] …"; both end with 1
//   -1            as an xFilesFactor of set-aggregation-method is no option for us, but a number that is too small
//   broken files  archives of no points or no seconds, or none at all, are unreadable for us
//   dump          goes on after a header that all others refuse, as if its method were average
//   cut files     a region that is not there is an error for us: fetch returns less than it says, or raises; dump prints
//                 what is there first
//   go-carbon     its compressed files are left alone by find-corrupt, not called corrupt (test/node/whisper-tools.test.ts)
//   --until       later than one turn of the ring, merge and diff of Debian go on in the wrong turn

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import type { Ended } from '../node/program.ts';
import { makeBroken, makeWhisperBytes, pick, randomShapes } from '../tools/whisper-files.ts';
import { timesInTier } from '../tools/tier.ts';
import { f32At, u32At } from '../../src/core/base/bytes.ts';
import { METHODS } from '../../src/core/whisper/aggregate.ts';
import { ARCHIVE_ENTRY_BYTES, HEADER_BYTES, readHeader } from '../../src/core/whisper/format.ts';
import { headRepairs } from '../../src/core/whisper/repair.ts';
import { makeMemoryFiles } from '../tools/memory-files.ts';
import { showRetention } from '../../src/core/whisper/retention.ts';
import { runWhisper } from './in-process.ts';
import { describeBeside, PYTHON, pythonWhisper } from './peer.ts';

const SEED = 20_261_127;
const FILES_FULL = 100;
const NOW = 1_700_000_003;

/** Commands that want to know the time; Debian's tools ask the machine. */
const TIMED = new Set(['merge', 'diff', 'fill', 'resize', 'fetch', 'update']);

/** Commands for which the slots are of no interest. */
const HEADER_ONLY = new Set(['info', 'set-aggregation-method', 'set-xfilesfactor', 'find-corrupt']);

type Call = readonly [command: string, ...args: readonly string[]];
type Content = Readonly<Record<string, string>>;

let folder = '';
let peer: ChildProcessWithoutNullStreams;
let replies: AsyncIterator<string>;

describeBeside([pythonWhisper], "beside Debian's whisper tools", () => {
  beforeAll(() => {
    const script = fileURLToPath(new URL('whisper_tools_peer.py', import.meta.url));
    peer = spawn(PYTHON, [script]);
    peer.stderr.pipe(process.stderr);
    replies = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  });

  beforeEach(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'whisper-tools-'));
  });

  afterAll(() => {
    peer.stdin.end();
    rmSync(folder, { recursive: true });
  });

  const files = timesInTier(FILES_FULL);

  test(`${files} files, healthy: everything agrees (seed ${SEED})`, async () => {
    for (let i = 0; i < files; i++) {
      const random = makeRandom(SEED + i);
      const house = makeHouse(random);
      for (const call of healthyCalls(random)) {
        const [ours, theirs] = await both(house, call);
        const said = theirs.error === null ? null : ours.error;
        expect([SEED + i, call, { ...ours, error: said }]).toEqual([SEED + i, call, theirs]);
      }
    }
  });

  test(`${files} files, broken or missing: the same errors, and nothing else is touched (seed ${SEED})`, async () => {
    let compared = 0;
    for (let i = 0; i < files; i++) {
      const random = makeRandom(SEED + i);
      const house = makeHouse(random);
      const state = stateOf(house['broken.wsp'] ?? '');
      for (const call of brokenCalls(random)) {
        const [ours, theirs] = await both(house, call);
        const isMissing = call.includes('F/missing.wsp');
        const readsSlots = !HEADER_ONLY.has(call[0]);
        expect([call, ours.code === 0 || ours.code === 1]).toEqual([call, true]);
        for (const other of ['a.wsp', 'c.wsp'])
          expect([call, other, ours.content[other]]).toEqual([call, other, house[other]]);
        if (!isMissing && call[0] === 'dump' && state === 'unreadable') continue;
        if (!isMissing && (state === 'strange' || (state === 'damaged' && readsSlots))) continue;
        compared++;
        const isError = theirs.code === 1;
        expect([SEED + i, call, ours.code]).toEqual([SEED + i, call, theirs.code]);
        // Behind an error may stand a page of help, and half a file.
        if (!isError)
          expect([SEED + i, call, ours]).toEqual([SEED + i, call, { ...theirs, error: null }]);
        else if (!isMissing)
          expect([SEED + i, call, ours.content]).toEqual([
            SEED + i,
            call,
            withoutHalf(theirs.content),
          ]);
      }
    }
    expect(compared).toBeGreaterThan(files * 4);
  });

  test.each<Call>([
    ['merge'],
    ['merge', 'F/a.wsp'],
    ['merge', '--from', 'today', 'F/a.wsp', 'F/b.wsp'],
    ['diff', 'F/a.wsp'],
    ['diff', 'F/a.wsp', 'F/b.wsp', 'F/c.wsp'],
    ['diff', '--nothing', 'F/a.wsp', 'F/b.wsp'],
    ['fill', 'F/a.wsp'],
    ['resize', 'F/a.wsp'],
    ['resize', 'F/a.wsp', '10s:1h', '--xFilesFactor', 'half'],
    ['set-aggregation-method', 'F/a.wsp'],
    ['set-xfilesfactor', 'F/a.wsp', 'half'],
    ['set-xfilesfactor', 'F/a.wsp'],
    ['find-corrupt'],
    ['find-corrupt', 'F/nowhere'],
  ])('both refuse the command line %j, and change nothing', async (command, ...args) => {
    const call: Call = [command, ...args];
    const house = makeHouse(makeRandom(SEED));
    const [ours, theirs] = await both(house, call);
    expect(ours.code).toBe(2);
    expect(theirs.code).toBeGreaterThan(0);
    expect(ours.out).toEqual(['']);
    expect(ours.content).toEqual(theirs.content);
    expect(ours.content).toEqual(house);
  });
});

interface Outcome {
  readonly code: number | null;
  readonly out: readonly string[];
  /** The line of an error that the tool foresaw; null for a traceback or none. */
  readonly error: string | null;
  readonly content: Content;
}

async function both(house: Content, call: Call): Promise<readonly [Outcome, Outcome]> {
  const [command, ...args] = call;
  const theirs = await inFolder('theirs', house, args, (placed) => askPeer(command, placed));
  const ours = await inFolder('ours', house, args, (placed) =>
    Promise.resolve(
      runWhisper([command, ...placed, ...(TIMED.has(command) ? ['--now', String(NOW)] : [])]),
    ),
  );
  return [ours, theirs];
}

/** Runs one of both in a fresh folder of its own; in arguments and output, F stands for it. */
async function inFolder(
  name: string,
  house: Content,
  args: readonly string[],
  runIt: (args: readonly string[]) => Promise<Ended>,
): Promise<Outcome> {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  for (const [file, hex] of Object.entries(house)) writeFileSync(join(place, file), hex, 'hex');
  const { code, out, err } = await runIt(args.map((arg) => arg.replace(/^F(?=\/|$)/, place)));
  const content = Object.fromEntries(
    readdirSync(place).map((file) => [file, readFileSync(join(place, file), 'hex')]),
  );
  const lines = out.replaceAll(place, 'F').split('\n');
  // find-corrupt goes through a folder in the order of the disk.
  return {
    code,
    out: args.includes('--verbose') ? lines.sort() : lines,
    error: /^\[ERROR\].*/.exec(err.replaceAll(place, 'F'))?.[0] ?? null,
    content,
  };
}

async function askPeer(command: string, args: readonly string[]): Promise<Ended> {
  const tool = command === 'find-corrupt' ? 'find-corrupt-whisper-files' : `whisper-${command}`;
  peer.stdin.write(`${JSON.stringify([tool, args, NOW])}\n`);
  const reply = await replies.next();
  if (reply.done) throw new Error('The Python process ended.');
  const [code, out, err] = JSON.parse(reply.value) as [number, string, string];
  return { code, out, err };
}

/** What is read of a file: `strange` is unreadable for us alone, `damaged` has regions that are not there. */
function stateOf(hex: string): 'unreadable' | 'strange' | 'damaged' | 'readable' {
  const files = makeMemoryFiles();
  files.contents.set('m.wsp', Buffer.from(hex, 'hex'));
  const file = files.open('m.wsp');
  if (file === null) throw new Error('The file is not there.');
  if (!readHeader(file, 'm.wsp').ok) {
    // Whisper asks no more of a header: a method, a fraction, and as many entries as it says.
    const head = file.read(0, HEADER_BYTES);
    const entries = (file.sizeBytes() - HEADER_BYTES) / ARCHIVE_ENTRY_BYTES;
    const isMethod = u32At(head, 0) >= 1 && u32At(head, 0) <= METHODS.length;
    const isWhole = head.length === HEADER_BYTES && u32At(head, 12) <= entries;
    return isMethod && isWhole && f32At(head, 8) >= 0 && f32At(head, 8) <= 1
      ? 'strange'
      : 'unreadable';
  }
  const repairs = headRepairs(file, 'm.wsp');
  return repairs.ok && repairs.value.length === 0 ? 'readable' : 'damaged';
}

/** What Debian's resize leaves behind when it fails. */
function withoutHalf(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !name.endsWith('.tmp')));
}

/** Two files with the same archives, one with others, and one that is broken: names and bytes in hex. */
function makeHouse(random: Random): Content {
  const shapes = randomShapes(random);
  const a = makeWhisperBytes(random, shapes, NOW);
  const files = {
    'a.wsp': a,
    'b.wsp': makeWhisperBytes(random, shapes, NOW),
    'c.wsp': makeWhisperBytes(random, randomShapes(random), NOW),
    'broken.wsp': makeBroken(random, a),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]),
  );
}

function healthyCalls(random: Random): readonly Call[] {
  const some = (flag: string): readonly string[] => (random.chance(0.4) ? [flag] : []);
  const from = NOW - random.below(2000);
  const until = from + random.below(NOW - from + 1);
  const window = random.chance(0.5) ? ['--from', String(from), '--until', String(until)] : [];
  const factor = pick(random, ['0', '0.3', '1', '1e-3', '2', 'half']);
  const method = pick(random, [...METHODS, 'median']);
  const retentions = randomShapes(random).map((shape) =>
    random.chance(0.5) ? showRetention(shape) : `${shape.secondsPerPoint}:${shape.points}`,
  );
  const flags = ['--ignore-empty', '--columns', '--no-headers', '--summary', '--json'].flatMap(
    some,
  );
  return [
    ['merge', ...window, 'F/a.wsp', 'F/b.wsp'],
    ['merge', 'F/a.wsp', 'F/c.wsp'],
    ['merge', '--from', String(until + 1), '--until', String(from), 'F/a.wsp', 'F/b.wsp'],
    ['diff', ...flags, 'F/a.wsp', 'F/b.wsp'],
    ['diff', ...flags, '--until', String(until), 'F/b.wsp', 'F/a.wsp'],
    ['diff', 'F/a.wsp', 'F/a.wsp'],
    ['diff', 'F/a.wsp', 'F/c.wsp'],
    ['fill', 'F/a.wsp', 'F/b.wsp'],
    ['fill', ...some('--lock'), 'F/a.wsp', 'F/c.wsp'],
    ['set-aggregation-method', 'F/a.wsp', method],
    ['set-aggregation-method', 'F/a.wsp', method, factor],
    ['set-xfilesfactor', 'F/a.wsp', factor === 'half' ? '-0.5' : factor],
    ['resize', 'F/a.wsp', ...retentions, ...some('--nobackup'), ...some('--force')],
    ['resize', 'F/a.wsp', ...retentions, '--newfile', 'F/new.wsp', '--aggregationMethod', 'max'],
    ['resize', 'F/b.wsp', ...retentions, '--xFilesFactor', '0.1'],
    ['resize', 'F/a.wsp', ...retentions, '--newfile', 'F/c.wsp'],
    ['info', 'F/a.wsp'],
    ['info', '--json', 'F/b.wsp'],
    ['dump', 'F/a.wsp'],
    ['fetch', ...window, 'F/a.wsp'],
    ['fetch', ...window, ...some('--json'), '--drop', 'nulls', 'F/b.wsp'],
    ['update', 'F/a.wsp', `${until}:1.5`],
    ['update', 'F/b.wsp', `${until}:1.5`, `${from}:-2`, 'N:3'],
    ['create', 'F/new.wsp', ...retentions],
    ['find-corrupt', ...some('--verbose'), 'F'],
  ];
}

function brokenCalls(random: Random): readonly Call[] {
  const file = pick(random, ['F/broken.wsp', 'F/broken.wsp', 'F/missing.wsp']);
  return [
    ['merge', file, 'F/b.wsp'],
    ['merge', 'F/b.wsp', file],
    ['diff', file, 'F/b.wsp'],
    ['fill', 'F/a.wsp', file],
    ['set-aggregation-method', file, 'max'],
    ['set-xfilesfactor', file, '0.5'],
    ['resize', file, '10s:10m'],
    ['info', file],
    ['dump', file],
    ['fetch', file],
    ['update', file, `${NOW}:1`],
    ['find-corrupt', '--delete-corrupt', 'F'],
  ];
}
