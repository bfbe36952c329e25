// One Python for a page (or for `check`): a queue of runs, one worker, and a way out of every trouble.
//
//   off -> loading -> ready <-> running -> (stopping) -> ready
//                 \-> failed           \-> loading again, from the snapshot, after a stop or a crash
//
// Every promise settles: with the worker's answer, with a stop, with a limit of time, or with a crash.
// The host (browser or Node) brings the worker and the clock.

import type { PythonSources } from './files.ts';
import { KEYBOARD_BYTES, typeLine } from './keyboard.ts';
import type {
  CheckTest,
  FromPython,
  GradeMessage,
  OutputPiece,
  Packet,
  Problem,
  ReadMessage,
  RunEnding,
  RunMessage,
  ToPython,
} from './messages.ts';
import {
  gradeResult,
  makeEnding,
  noStats,
  runResult,
  stoppedGrading,
  type Answer,
  type GradeResult,
  type RunResult,
} from './results.ts';
import type { Watch } from './views.ts';
import type { EndingFacts } from './words.ts';

/** Signals to Python (stopping.py): an exception once, then one at every line. */
const ASK = 10;
const INSIST = 12;
const PRESS_EVERY_MS = 50;
/** How long a program may take to end when asked, before Python insists. */
const ASK_MS_MAX = 250;
/** How long both may take before the worker is ended and started again. */
const INTERRUPT_MS_MAX = 800;
/** The grader stops itself after 2 s; a worker that is silent longer than this hangs in C code. */
const GRADE_MS_MAX = 2_500;
/** A free run is the learner's own; this only keeps a forgotten page from running for ever. */
const RUN_MS_MAX = 300_000;
/** A load that shows no progress for so long has failed. */
const LOAD_SILENT_MS_MAX = 60_000;
const LOAD_TRIES_MAX = 2;
const PROGRAM_NAME = 'main.py';
export const MEMORY_BYTES_MAX = 256 * 1024 * 1024;

export interface PythonState {
  readonly phase: 'off' | 'loading' | 'ready' | 'running' | 'stopping' | 'failed';
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** `3.14.2`, or null before the first load. */
  readonly version: string | null;
  /** Why it failed, or why it had to be started again; null when all went well. */
  readonly why: string | null;
}

export interface RunOptions {
  /** What its trace is for; without it there is none. */
  readonly watch?: Watch | null;
  /** The name of the program; without it, `main.py`. */
  readonly file?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly packages?: readonly string[];
  /** A command line to start it with. */
  readonly command?: string | null;
  readonly input?: readonly string[];
  /** How deep calls may go; without it, as deep as usual. */
  readonly recursionMax?: number;
  readonly onOutput?: (pieces: readonly OutputPiece[]) => void;
  readonly onPacket?: (packet: Packet) => void;
  /** The program waits for a line: hand it over once, or null for the end of the input. Without it, input() has nothing to read. */
  readonly onAsk?: (answer: (line: string | null) => void) => void;
  /** Called when the program really starts, after loading and after the runs before it. */
  readonly onStart?: () => void;
}

export interface GradeOptions {
  readonly file?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly packages?: readonly string[];
  readonly recursionMax?: number;
}

export interface Python {
  state(): PythonState;
  /** Calls `listener` at every change of the state; returns a function that ends it. */
  subscribe(listener: (state: PythonState) => void): () => void;
  /** Loads Python if it is not there yet. Resolves with whether it is ready; never rejects. */
  start(): Promise<boolean>;
  run(code: string, options?: RunOptions): Promise<RunResult>;
  grade(code: string, tests: readonly CheckTest[], options?: GradeOptions): Promise<GradeResult>;
  /** What Python says about a program without running it; nothing while Python is not there. Never rejects. */
  problems(code: string): Promise<readonly Problem[]>;
  /** Stops what runs and drops what waits. */
  stop(): void;
  /** Ends the worker for good. */
  close(): void;
}

/** What a host gives: a worker, a clock, shared memory where it has some. */
export interface PythonHost {
  readonly baseUrl: string;
  /** The texts of our Python files; null = the worker fetches them from `baseUrl`. */
  readonly sources: PythonSources | null;
  /** Of wheels/ and simple/, on disk; null = beside Pyodide's files. */
  readonly packageFolder: string | null;
  readonly wantSnapshot: boolean;
  /** Whether there is memory for a second Python that waits. */
  readonly wantSpare: boolean;
  readonly memoryBytesMax: number;
  readonly open: (
    onMessage: (message: FromPython) => void,
    onBroken: (why: string) => void,
  ) => PythonWorker;
  /** Shared memory, or null where there is none. */
  readonly sharedBytes: (count: number) => SharedArrayBuffer | null;
  /** Calls `act` after `ms`; returns a function that forgets it. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly nowMs: () => number;
}

export interface PythonWorker {
  post(message: ToPython): void;
  end(): void;
}

/** A worker with the memory that it shares with the page. */
interface Opened {
  readonly worker: PythonWorker;
  /** The byte for signals to Python. */
  readonly signals: Uint8Array | null;
  readonly keyboard: SharedArrayBuffer | null;
  /** Of a spare: it has loaded. */
  isReady: boolean;
}

/** A run, a grading or a look on its way. */
interface Job {
  readonly message: RunMessage | GradeMessage | ReadMessage;
  readonly output: OutputPiece[];
  readonly options: RunOptions;
  readonly msMax: number;
  readonly settle: (answer: Answer) => void;
  startedMs: number;
  stopBy: 'learner' | 'clock' | null;
}

export function makeClient(host: PythonHost): Python {
  let state: PythonState = {
    phase: 'off',
    loadedBytes: 0,
    totalBytes: 0,
    version: null,
    why: null,
  };
  let opened: Opened | null = null;
  /** A second worker that is ready and waits, for the moment in which the first has to be ended. */
  let spare: Opened | null = null;
  let snapshot: ArrayBuffer | null = null;
  let loadTries = 0;
  let job: Job | null = null;
  let lastId = 0;
  let closed = false;
  let forgetLoadWatch = (): void => {};
  let forgetRunWatch = (): void => {};
  const queue: Job[] = [];
  const listeners = new Set<(state: PythonState) => void>();
  const starters = new Set<(ready: boolean) => void>();

  function become(change: Partial<PythonState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener(state);
  }

  // -- loading --------------------------------------------------------------------------------

  function open(): void {
    loadTries += 1;
    become({ phase: 'loading', loadedBytes: 0 });
    opened = openWorker();
    watchLoad();
  }

  /** Answers of a worker that was ended may still arrive: each is heard only while it is one of the two. */
  function openWorker(): Opened {
    const interrupt = host.sharedBytes(1);
    const keyboard = host.sharedBytes(KEYBOARD_BYTES);
    const worker = host.open(
      (message) => {
        if (opened === made) hear(message);
        else if (spare === made && message.kind === 'ready') made.isReady = true;
        else if (spare === made && message.kind === 'fatal') dropSpare();
      },
      (why) => {
        if (opened === made) broke(why);
        else if (spare === made) dropSpare();
      },
    );
    const signals = interrupt === null ? null : new Uint8Array(interrupt);
    const made: Opened = { worker, signals, keyboard, isReady: false };
    worker.post({
      kind: 'load',
      baseUrl: host.baseUrl,
      packageFolder: host.packageFolder,
      sources: host.sources,
      snapshot,
      wantSnapshot: host.wantSnapshot && snapshot === null,
      interrupt,
      keyboard,
      memoryBytesMax: host.memoryBytesMax,
    });
    return made;
  }

  /** After a run the page has shown that it uses Python; from a snapshot a spare is cheap. */
  function openSpare(): void {
    if (host.wantSpare && snapshot !== null && spare === null && !closed) spare = openWorker();
  }

  function dropSpare(): void {
    spare?.worker.end();
    spare = null;
  }

  /** The spare takes the place of the worker that was ended; without one, another is opened. */
  function replace(): void {
    if (spare?.isReady !== true) {
      dropSpare();
      open();
      return;
    }
    opened = spare;
    spare = null;
    become({ phase: 'ready' });
    next();
    if (job === null) openSpare();
  }

  function watchLoad(): void {
    forgetLoadWatch();
    forgetLoadWatch = host.after(LOAD_SILENT_MS_MAX, () =>
      broke(`nothing came for ${LOAD_SILENT_MS_MAX / 1000} s`),
    );
  }

  function end(): void {
    forgetLoadWatch();
    forgetRunWatch();
    opened?.worker.end();
    opened = null;
  }

  /** The worker is lost. While loading: try once more, without the snapshot. While running: say so and restart. */
  function broke(why: string): void {
    const wasLoading = state.phase === 'loading';
    end();
    if (!wasLoading) {
      loadTries = 0;
      become({ why });
      if (job?.stopBy === null) finish('crashed', 'ended', why);
      else finish(stopHow(), 'ended');
      replace();
      return;
    }
    // It may be the snapshot that does not load.
    snapshot = null;
    if (loadTries < LOAD_TRIES_MAX) {
      open();
      return;
    }
    become({ phase: 'failed', why: `Python did not load: ${why}.` });
    settleStarters(false);
    for (const waiting of queue.splice(0)) refuse(waiting, 'crashed', state.why ?? why);
  }

  function settleStarters(ready: boolean): void {
    for (const starter of starters) starter(ready);
    starters.clear();
  }

  function hear(message: FromPython): void {
    switch (message.kind) {
      case 'progress':
        become({ loadedBytes: message.loadedBytes, totalBytes: message.totalBytes });
        watchLoad();
        break;
      case 'snapshot':
        snapshot = message.bytes;
        watchLoad();
        break;
      case 'ready':
        loadTries = 0;
        forgetLoadWatch();
        become({ phase: 'ready', version: message.version });
        settleStarters(true);
        next();
        break;
      case 'fatal':
        broke(message.why);
        break;
      default:
        if (job !== null && message.id === job.message.id) hearOfJob(job, message);
    }
  }

  function hearOfJob(of: Job, message: Extract<FromPython, { readonly id: number }>): void {
    if (message.kind === 'output') {
      of.output.push(...message.pieces);
      of.options.onOutput?.(message.pieces);
    } else if (message.kind === 'ask') {
      askFor(of);
    } else if (message.kind === 'packet') {
      of.options.onPacket?.(message.packet);
    } else {
      forgetRunWatch();
      job = null;
      become({ phase: 'ready' });
      of.settle({ kind: 'message', message: told(of, message) });
      next();
      if (job === null && of.message.kind !== 'read') openSpare();
    }
  }

  /** The time that the reader takes is not the program's. */
  function askFor(of: Job): void {
    forgetRunWatch();
    const by = opened;
    let isAnswered = false;
    of.options.onAsk?.((line) => {
      if (isAnswered || job !== of || by === null || opened !== by) return;
      isAnswered = true;
      watchRun(of);
      if (by.keyboard !== null) typeLine(by.keyboard, line);
      else by.worker.post({ kind: 'line', line });
    });
  }

  function watchRun(of: Job): void {
    if (of.stopBy === null) forgetRunWatch = host.after(of.msMax, () => halt('clock'));
  }

  /** An interrupt that came from the clock, not from the learner, is a limit of time. */
  function told(of: Job, message: FromPython): FromPython {
    if (message.kind === 'graded' && of.stopBy === 'learner') return stoppedGrading(message);
    if (message.kind !== 'done' || message.ending.how !== 'stopped') return message;
    if (of.stopBy !== 'clock') return message;
    const { ending, stats } = message;
    return { ...message, ending: makeEnding('time-limit', 'asked', ending.line, stats) };
  }

  // -- the queue ------------------------------------------------------------------------------

  function next(): void {
    if (state.phase !== 'ready' || job !== null || opened === null) return;
    const first = queue.shift();
    if (first === undefined) return;
    job = first;
    first.startedMs = host.nowMs();
    // A signal that came too late for the run before would stop this one.
    if (opened.signals !== null) Atomics.store(opened.signals, 0, 0);
    // A look takes a millisecond, and nobody asked for it.
    if (first.message.kind !== 'read') become({ phase: 'running' });
    watchRun(first);
    first.options.onStart?.();
    opened.worker.post(first.message);
  }

  function halt(by: 'learner' | 'clock'): void {
    if (job === null || job.stopBy !== null) return;
    job.stopBy = by;
    forgetRunWatch();
    const signals = opened?.signals ?? null;
    if (signals === null) {
      kill();
      return;
    }
    become({ phase: 'stopping' });
    press(signals, 0);
  }

  /** Sends the signal of this moment, and again soon: Python reads the byte and then clears it, and may clear a new one. */
  function press(signals: Uint8Array, sinceMs: number): void {
    Atomics.store(signals, 0, sinceMs < ASK_MS_MAX ? ASK : INSIST);
    forgetRunWatch = host.after(PRESS_EVERY_MS, () => {
      const nowMs = sinceMs + PRESS_EVERY_MS;
      if (nowMs < INTERRUPT_MS_MAX) press(signals, nowMs);
      else kill();
    });
  }

  function kill(): void {
    const how = stopHow();
    end();
    finish(how, 'ended');
    if (!closed) replace();
  }

  function stopHow(): RunEnding['how'] {
    return job?.stopBy === 'clock' ? 'time-limit' : 'stopped';
  }

  /** Settles the current job without an answer of the worker. */
  function finish(how: RunEnding['how'], stage: EndingFacts['stage'], why?: string): void {
    if (job === null) return;
    const of = job;
    job = null;
    const tookMs = host.nowMs() - of.startedMs;
    const stats = { ...noStats, tookMs };
    of.settle({ kind: 'ended', ending: makeEnding(how, stage, null, stats, why), tookMs });
  }

  function refuse(waiting: Job, how: RunEnding['how'], words: string): void {
    const ending: RunEnding = { how, words, line: null, error: null, exitCode: null };
    waiting.settle({ kind: 'ended', ending, tookMs: 0 });
  }

  function add(
    message: RunMessage | GradeMessage | ReadMessage,
    options: RunOptions,
    msMax: number,
  ): Promise<{ answer: Answer; output: readonly OutputPiece[] }> {
    return new Promise((resolve) => {
      const output: OutputPiece[] = [];
      const settle = (answer: Answer): void => resolve({ answer, output });
      const added: Job = { message, output, options, msMax, settle, startedMs: 0, stopBy: null };
      if (closed) {
        refuse(added, 'stopped', 'This Python was closed.');
        return;
      }
      queue.push(added);
      if (state.phase === 'off' || state.phase === 'failed') {
        loadTries = 0;
        open();
      }
      next();
    });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (closed) return Promise.resolve(false);
      if (opened !== null && state.phase !== 'loading') return Promise.resolve(true);
      return new Promise((resolve) => {
        starters.add(resolve);
        if (opened !== null) return;
        loadTries = 0;
        open();
      });
    },
    async run(code, options = {}) {
      lastId += 1;
      const { file = PROGRAM_NAME, files = {}, packages = [], command = null } = options;
      const { input = [], watch = null, recursionMax = null } = options;
      const isLive = options.onAsk !== undefined;
      const message: RunMessage = {
        kind: 'run',
        id: lastId,
        code,
        file,
        files,
        packages,
        command,
        input,
        isLive,
        watch,
        recursionMax,
      };
      const { answer, output } = await add(message, options, RUN_MS_MAX);
      return runResult(answer, output);
    },
    async grade(code, tests, options = {}) {
      lastId += 1;
      const message: GradeMessage = {
        kind: 'grade',
        id: lastId,
        code,
        file: options.file ?? PROGRAM_NAME,
        files: options.files ?? {},
        packages: options.packages ?? [],
        tests,
        recursionMax: options.recursionMax ?? null,
      };
      const { answer } = await add(message, {}, GRADE_MS_MAX);
      return gradeResult(answer, tests);
    },
    async problems(code) {
      if (state.phase === 'off' || state.phase === 'failed') return [];
      lastId += 1;
      const { answer } = await add({ kind: 'read', id: lastId, code }, {}, GRADE_MS_MAX);
      const isTold = answer.kind === 'message' && answer.message.kind === 'problems';
      return isTold ? answer.message.problems : [];
    },
    stop() {
      for (const waiting of queue.splice(0)) {
        refuse(waiting, 'stopped', 'You stopped it before it started.');
      }
      halt('learner');
    },
    close() {
      closed = true;
      end();
      dropSpare();
      finish('stopped', 'asked');
      for (const waiting of queue.splice(0)) refuse(waiting, 'stopped', 'This Python was closed.');
      settleStarters(false);
      become({ phase: 'off' });
    },
  };
}
