// The same jobs on Whisper files by our own code and by python3-whisper, each in a process of its own, on files of its own, in
// turns. See bench.mjs.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createWhisper } from '../../src/core/whisper/create.ts';
import { fetchSlots } from '../../src/core/whisper/fetch.ts';
import type { ArchiveShape } from '../../src/core/whisper/format.ts';
import type { TimedValue } from '../../src/core/whisper/point.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { PYTHON } from '../peers/peer.ts';
import { doJob, fileName, valueOf, withFile, type Job } from './whisper-job.ts';

export { pythonWhisper } from '../peers/peer.ts';

/** The first rounds are for the compiler, and for blocks that a new file does not have yet. */
const ROUNDS_WARM = 2;
/** 10s:6h,60s:1d */
const ROLLED_UP: readonly ArchiveShape[] = [
  { secondsPerPoint: 10, points: 2160 },
  { secondsPerPoint: 60, points: 1440 },
];
const DAY_S = 86_400;
/** A day, and what may pass while it is fetched. */
const SECONDS: readonly ArchiveShape[] = [{ secondsPerPoint: 1, points: DAY_S + 3600 }];

interface Kind extends Pick<Job, 'op' | 'files' | 'points'> {
  readonly name: string;
  readonly shapes: readonly ArchiveShape[];
  /** In one round: half a second or so of each. */
  readonly calls: { readonly ours: number; readonly python: number };
}

const KINDS: readonly Kind[] = [
  {
    name: 'update, one point a call',
    op: 'update',
    files: 1000,
    points: 1,
    shapes: ROLLED_UP,
    calls: { ours: 20_000, python: 10_000 },
  },
  {
    name: 'update_many, 1000 points a call',
    op: 'update_many',
    files: 200,
    points: 1000,
    shapes: ROLLED_UP,
    calls: { ours: 2000, python: 200 },
  },
  {
    name: 'fetch of a day of seconds',
    op: 'fetch',
    files: 4,
    points: DAY_S,
    shapes: SECONDS,
    calls: { ours: 400, python: 16 },
  },
];

/** One figure a round. */
export interface Rates {
  readonly callsPerS: number[];
  /** What it would be if nothing else ran on the machine: by the time that the processor worked. */
  readonly callsPerCpuS: number[];
}

export interface WhisperMeasured {
  readonly name: string;
  readonly ours: Rates;
  readonly python: Rates;
}

/** `built` is the folder in which whisper-worker.js stands. */
export async function measureWhisper(
  place: string,
  built: string,
  peerScript: string,
  rounds: number,
): Promise<readonly WhisperMeasured[]> {
  const ourWorker = startWorker(process.execPath, join(built, 'whisper-worker.js'));
  const pythonWorker = startWorker(PYTHON, peerScript);
  try {
    const measured: WhisperMeasured[] = [];
    for (const kind of KINDS) {
      const folder = join(place, kind.op);
      const jobs = prepare(kind, folder);
      const ours: Rates = { callsPerS: [], callsPerCpuS: [] };
      const python: Rates = { callsPerS: [], callsPerCpuS: [] };
      for (let round = -ROUNDS_WARM; round < rounds; round++) {
        await time(ourWorker, jobs.ours, round < 0 ? null : ours);
        await time(pythonWorker, jobs.python, round < 0 ? null : python);
      }
      if (kind.op !== 'fetch') checkSame(kind, jobs.python, join(folder, 'again'));
      measured.push({ name: kind.name, ours, python });
      rmSync(folder, { recursive: true });
    }
    return measured;
  } finally {
    ourWorker.end();
    pythonWorker.end();
  }
}

interface Worker {
  /** The seconds that it took, and those of the processor. */
  ask(job: Job): Promise<readonly [number, number]>;
  end(): void;
}

function startWorker(program: string, script: string): Worker {
  const child = spawn(program, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.prependListener('exit', () => child.kill('SIGKILL'));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const answer = await answers.next();
    if (answer.done === true) throw new Error(`${script} ended: see above why.`);
    return answer.value;
  };
  const ready = next();
  return {
    async ask(job) {
      await ready;
      child.stdin.write(`${JSON.stringify(job)}\n`);
      return JSON.parse(await next()) as [number, number];
    },
    end: () => void child.kill(),
  };
}

async function time(worker: Worker, job: Job, rates: Rates | null): Promise<void> {
  const [tookS, cpuS] = await worker.ask(job);
  rates?.callsPerS.push(job.calls / tookS);
  rates?.callsPerCpuS.push(job.calls / cpuS);
}

/** Makes the files of both. */
function prepare(kind: Kind, folder: string): { readonly ours: Job; readonly python: Job } {
  const { op, files, points, calls } = kind;
  const [ours, python] = [join(folder, 'ours'), join(folder, 'python')];
  const nowS = Math.floor(Date.now() / 1000);
  makeFiles(kind, ours, nowS);
  cpSync(ours, python, { recursive: true });
  const timesEach = Math.max(calls.ours, calls.python) / files;
  const spanS = op === 'fetch' ? points : 10 * Math.max(points, timesEach);
  // Whole minutes, and far enough back that no point lies in the future.
  const first = op === 'fetch' ? nowS - spanS : Math.floor((nowS - spanS) / 60) * 60 - 60;
  const job = { op, files, points, first };
  return {
    ours: { ...job, folder: ours, calls: calls.ours },
    python: { ...job, folder: python, calls: calls.python },
  };
}

/** Those to be fetched are full. */
function makeFiles(kind: Kind, folder: string, nowS: number): void {
  mkdirSync(folder, { recursive: true });
  const files = makeNodeFiles(folder);
  const rollup = { xFilesFactor: 0, method: 'average' };
  for (let n = 0; n < kind.files; n++) {
    valueOf(createWhisper(files, fileName(n), kind.shapes, rollup));
    if (kind.op === 'fetch')
      withFile(files, n, (whisper) => updateMany(whisper, secondsUntil(nowS), nowS));
  }
}

function secondsUntil(nowS: number): readonly TimedValue[] {
  const points = SECONDS[0]?.points ?? 0;
  return Array.from({ length: points }, (_, k) => ({ time: nowS - k, value: (k % 1000) + 0.25 }));
}

/** Fails when files that we write as often as Python did hold anything else, in whichever archive. */
function checkSame(kind: Kind, python: Job, folder: string): void {
  const nowS = Math.floor(Date.now() / 1000);
  makeFiles(kind, folder, nowS);
  doJob({ ...python, folder });
  for (let n = 0; n < kind.files; n++)
    for (const { secondsPerPoint } of kind.shapes) {
      const [ours, theirs] = [folder, python.folder].map((each) =>
        withFile(makeNodeFiles(each), n, (whisper) =>
          fetchSlots(whisper, python.first - 1, nowS, nowS, secondsPerPoint),
        ),
      );
      const known = ours?.values.filter((value) => !Number.isNaN(value)).length ?? 0;
      if (known === 0 || String(ours?.values) !== String(theirs?.values))
        throw new Error(`${kind.name}: ${fileName(n)} differs from the file of the real whisper.`);
    }
}
