// One Python for a page (or for `check`): a queue of runs, one worker, and a way out of every trouble.
//
//   off -> loading -> ready <-> running -> (stopping) -> ready
//                 \-> failed           \-> loading again, from the snapshot, after a stop or a crash
//
// Every promise settles: with the worker's answer, with a stop, with a limit of time, or with a crash.
// The host (browser or Node) brings the worker and the clock.

import type { PythonSources } from './files.ts';
import type {
  CheckTest,
  FromPython,
  GradedMessage,
  GradeMessage,
  Outcome,
  OutputPiece,
  Packet,
  RunEnding,
  RunMessage,
  RunStats,
  ToPython,
} from './messages.ts';
import type { Trace } from './trace.ts';
import type { Watch } from './views.ts';
import type { Verdict } from './verdict.ts';
import { judge } from './verdict.ts';
import type { EndingFacts } from './words.ts';
import { endingWords } from './words.ts';

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
  readonly files?: Readonly<Record<string, string>>;
  readonly input?: readonly string[];
  readonly onOutput?: (pieces: readonly OutputPiece[]) => void;
  readonly onPacket?: (packet: Packet) => void;
  /** Called when the program really starts, after loading and after the runs before it. */
  readonly onStart?: () => void;
}

export interface RunResult {
  readonly ending: RunEnding;
  readonly output: readonly OutputPiece[];
  /** All output as one text. */
  readonly text: string;
  readonly trace: Trace | null;
  readonly stats: RunStats;
}

export interface GradeOptions {
  readonly files?: Readonly<Record<string, string>>;
}

export interface GradeResult {
  readonly verdict: Verdict;
  readonly outcomes: readonly Outcome[];
  readonly stats: RunStats;
}

export interface Python {
  state(): PythonState;
  /** Calls `listener` at every change of the state; returns a function that ends it. */
  subscribe(listener: (state: PythonState) => void): () => void;
  /** Loads Python if it is not there yet. Resolves with whether it is ready; never rejects. */
  start(): Promise<boolean>;
  run(code: string, options?: RunOptions): Promise<RunResult>;
  grade(code: string, tests: readonly CheckTest[], options?: GradeOptions): Promise<GradeResult>;
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
  readonly wantSnapshot: boolean;
  readonly memoryBytesMax: number;
  readonly open: (
    onMessage: (message: FromPython) => void,
    onBroken: (why: string) => void,
  ) => PythonWorker;
  /** One shared byte, or null where memory cannot be shared. */
  readonly sharedByte: () => SharedArrayBuffer | null;
  /** Calls `act` after `ms`; returns a function that forgets it. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly nowMs: () => number;
}

export interface PythonWorker {
  post(message: ToPython): void;
  end(): void;
}

/** A run or a grading on its way. */
interface Job {
  readonly message: RunMessage | GradeMessage;
  readonly output: OutputPiece[];
  readonly options: RunOptions;
  readonly msMax: number;
  readonly settle: (answer: Answer) => void;
  startedMs: number;
  stopBy: 'learner' | 'clock' | null;
}

type Answer =
  | { readonly kind: 'message'; readonly message: FromPython }
  | { readonly kind: 'ended'; readonly ending: RunEnding; readonly tookMs: number };

export function makeClient(host: PythonHost): Python {
  let state: PythonState = {
    phase: 'off',
    loadedBytes: 0,
    totalBytes: 0,
    version: null,
    why: null,
  };
  let worker: PythonWorker | null = null;
  let snapshot: ArrayBuffer | null = null;
  let interrupt: Uint8Array | null = null;
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
    const shared = host.sharedByte();
    interrupt = shared === null ? null : new Uint8Array(shared);
    become({ phase: 'loading', loadedBytes: 0 });
    // Answers of a worker that was ended may still arrive: each worker is heard only while it is the one.
    const opened = host.open(
      (message) => {
        if (worker === opened) hear(message);
      },
      (why) => {
        if (worker === opened) broke(why);
      },
    );
    worker = opened;
    watchLoad();
    opened.post({
      kind: 'load',
      baseUrl: host.baseUrl,
      sources: host.sources,
      snapshot,
      wantSnapshot: host.wantSnapshot && snapshot === null,
      interrupt: shared,
      memoryBytesMax: host.memoryBytesMax,
    });
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
    worker?.end();
    worker = null;
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
      open();
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
    } else if (message.kind === 'packet') {
      of.options.onPacket?.(message.packet);
    } else {
      forgetRunWatch();
      job = null;
      become({ phase: 'ready' });
      of.settle({ kind: 'message', message: told(of, message) });
      next();
    }
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
    if (state.phase !== 'ready' || job !== null || worker === null) return;
    const first = queue.shift();
    if (first === undefined) return;
    job = first;
    first.startedMs = host.nowMs();
    // A signal that came too late for the run before would stop this one.
    if (interrupt !== null) Atomics.store(interrupt, 0, 0);
    become({ phase: 'running' });
    forgetRunWatch = host.after(first.msMax, () => halt('clock'));
    first.options.onStart?.();
    worker.post(first.message);
  }

  function halt(by: 'learner' | 'clock'): void {
    if (job === null || job.stopBy !== null) return;
    job.stopBy = by;
    forgetRunWatch();
    if (interrupt === null) {
      kill();
      return;
    }
    become({ phase: 'stopping' });
    press(interrupt, 0);
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
    if (!closed) open();
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
    const ending: RunEnding = { how, words, line: null, error: null };
    waiting.settle({ kind: 'ended', ending, tookMs: 0 });
  }

  function add(
    message: RunMessage | GradeMessage,
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
      if (worker !== null && state.phase !== 'loading') return Promise.resolve(true);
      return new Promise((resolve) => {
        starters.add(resolve);
        if (worker !== null) return;
        loadTries = 0;
        open();
      });
    },
    async run(code, options = {}) {
      lastId += 1;
      const { files = {}, input = [], watch = null } = options;
      const message: RunMessage = { kind: 'run', id: lastId, code, files, input, watch };
      const { answer, output } = await add(message, options, RUN_MS_MAX);
      return runResult(answer, output);
    },
    async grade(code, tests, options = {}) {
      lastId += 1;
      const message: GradeMessage = {
        kind: 'grade',
        id: lastId,
        code,
        files: options.files ?? {},
        tests,
      };
      const { answer } = await add(message, {}, GRADE_MS_MAX);
      return gradeResult(answer, tests);
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
      finish('stopped', 'asked');
      for (const waiting of queue.splice(0)) refuse(waiting, 'stopped', 'This Python was closed.');
      settleStarters(false);
      become({ phase: 'off' });
    },
  };
}

const noStats: RunStats = { tookMs: 0, lines: 0, characters: 0 };

function makeEnding(
  how: RunEnding['how'],
  stage: EndingFacts['stage'],
  line: number | null,
  stats: RunStats,
  why = '',
): RunEnding {
  const loudest = { loudestLine: null, loudestPercent: 0 };
  const words = endingWords({ how, stage, line, ...stats, ...loudest, why });
  return { how, words, line, error: null };
}

function runResult(answer: Answer, output: readonly OutputPiece[]): RunResult {
  const text = output.map((piece) => piece.text).join('');
  if (answer.kind === 'message' && answer.message.kind === 'done') {
    const { ending, trace, stats } = answer.message;
    return { ending, output, text, trace, stats };
  }
  const ending =
    answer.kind === 'ended' ? answer.ending : makeEnding('crashed', 'ended', null, noStats);
  const tookMs = answer.kind === 'ended' ? answer.tookMs : 0;
  return { ending, output, text, trace: null, stats: { ...noStats, tookMs } };
}

function gradeResult(answer: Answer, tests: readonly CheckTest[]): GradeResult {
  if (answer.kind === 'message' && answer.message.kind === 'graded') {
    const { outcomes, stats } = answer.message;
    return { verdict: judge(tests, outcomes), outcomes, stats };
  }
  // Which test hung is not known: the first is called too slow, the others were not run.
  const how = answer.kind === 'ended' ? gradeHow(answer.ending.how) : 'crashed';
  const outcomes = tests.map((_, index): Outcome => ({
    how: index === 0 ? how : 'not-run',
    during: 'program',
    value: null,
    expected: null,
    printed: '',
    error: null,
  }));
  const tookMs = answer.kind === 'ended' ? answer.tookMs : 0;
  return { verdict: judge(tests, outcomes), outcomes, stats: { ...noStats, tookMs } };
}

/** The grader does not know who stopped it, and calls every stop a limit of time. */
function stoppedGrading(message: GradedMessage): GradedMessage {
  const outcomes = message.outcomes.map((each): Outcome =>
    each.how === 'time-limit' ? { ...each, how: 'stopped' } : each,
  );
  return { ...message, outcomes };
}

function gradeHow(how: RunEnding['how']): Outcome['how'] {
  return how === 'stopped' || how === 'crashed' ? how : 'time-limit';
}
