// What the page (or `check`) and a Python worker say to each other. Plain data only, so that it can be
// posted to a Web Worker and to a Node thread alike.
//
//   page    load ->            run ->                          grade ->             read ->
//   worker       <- progress.. ready    <- output.. packet.. ask.. done     <- output.. graded    <- problems
//
// A worker does one thing at a time; `id` says which request an answer belongs to.

import type { Trace } from './trace.ts';
import type { PythonSources } from './files.ts';
import type { Watch } from './views.ts';

export type ToPython = LoadMessage | RunMessage | GradeMessage | ReadMessage | LineMessage;

export interface LoadMessage {
  readonly kind: 'load';
  /** Folder of pyodide.mjs and its files, absolute, with a slash at the end. */
  readonly baseUrl: string;
  /** Where wheels/ and simple/ are on disk, when they are not in that folder; null in a browser. */
  readonly packageFolder: string | null;
  /** The text of our own Python files, by name; null = they stand in the same folder, in `sourcesFile`. */
  readonly sources: PythonSources | null;
  /** Memory of an earlier worker, to start from; null = start from nothing. */
  readonly snapshot: ArrayBuffer | null;
  /** Whether to send back a snapshot for later workers. */
  readonly wantSnapshot: boolean;
  /** One shared byte; a number in it is a signal to Python (client.ts). Null where memory cannot be shared. */
  readonly interrupt: SharedArrayBuffer | null;
  /** Where a typed line is written (keyboard.ts). Null where memory cannot be shared. */
  readonly keyboard: SharedArrayBuffer | null;
  readonly memoryBytesMax: number;
}

export interface RunMessage {
  readonly kind: 'run';
  readonly id: number;
  readonly code: string;
  /** The name of the program, as tracebacks say it: `vitals.py`. */
  readonly file: string;
  /** Further files beside it, by name: text. */
  readonly files: Readonly<Record<string, string>>;
  /** Packages that must be there: names in `wheels` (files.ts). */
  readonly packages: readonly string[];
  /** The command line that it is started with, `greet --name Ada`; null = it is run without one. */
  readonly command: string | null;
  /** What `input()` gets, line by line. */
  readonly input: readonly string[];
  /** Whether somebody sits at the keyboard: then the program may ask for more lines. */
  readonly isLive: boolean;
  /** What its trace is for; null = no trace. */
  readonly watch: Watch | null;
  /** How deep its calls may go; null = as deep as usual (runner.py). */
  readonly recursionMax: number | null;
}

/** The answer to an ask where memory cannot be shared; null = the end of the input. */
export interface LineMessage {
  readonly kind: 'line';
  readonly line: string | null;
}

export interface GradeMessage {
  readonly kind: 'grade';
  readonly id: number;
  readonly code: string;
  readonly file: string;
  readonly files: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  readonly tests: readonly CheckTest[];
  readonly recursionMax: number | null;
}

/** A program that is only read, while somebody types it. */
export interface ReadMessage {
  readonly kind: 'read';
  readonly id: number;
  readonly code: string;
}

/** One test of an exercise, as data. Exactly one of expect, expectPython, raises, prints, code is there. */
export interface CheckTest {
  /** Statements that run after the learner's program, in its namespace. */
  readonly setup?: string;
  /** An expression whose value is judged. Absent only with `prints`: then the program's own output is judged. */
  readonly call?: string;
  readonly expect?: null | boolean | number | string;
  /** A Python expression for the expected value: `(1, 2)`. */
  readonly expectPython?: string;
  /** Name of the exception: `TypeError`. */
  readonly raises?: string;
  /** The text printed by the call (spaces at line ends do not count). */
  readonly prints?: string;
  /** A rule about how the program is written; the program does not run. */
  readonly code?: CodeRule;
  readonly input?: readonly string[];
  /** One sentence: why the task asks for this. */
  readonly why?: string;
}

/** A rule about the text of a program; lesson/code-rule.ts lists how authors write it. */
export interface CodeRule {
  readonly rule:
    | 'calls' // at least `count` calls of `name`
    | 'no-global'
    | 'no-bare-name' // no line that is a name and nothing else
    | 'inner-parameters' // functions inside functions take `count`
    | 'no-repeated-block' // of `count` lines
    | 'changed-lines' // at most `count` lines, against `starter`
    | 'no-library-name'; // no file is called like a module of the library
  /** The same for the learner: `at least 3 calls of print_label`. */
  readonly asked: string;
  readonly name?: string;
  readonly count?: number;
  /** The file it is about: 0 is the program, 1 the first further file. Without it, all Python files together. */
  readonly at?: number;
  /** The texts of the program and of its further files, in order: a file that was renamed stays in its place. */
  readonly starter?: readonly string[];
}

export type FromPython =
  | ProgressMessage
  | ReadyMessage
  | SnapshotMessage
  | OutputMessage
  | PacketMessage
  | AskMessage
  | DoneMessage
  | GradedMessage
  | ProblemsMessage
  | FatalMessage;

export interface ProgressMessage {
  readonly kind: 'progress';
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

export interface ReadyMessage {
  readonly kind: 'ready';
  /** `3.14.2` */
  readonly version: string;
  readonly fromSnapshot: boolean;
  readonly tookMs: number;
}

export interface SnapshotMessage {
  readonly kind: 'snapshot';
  readonly bytes: ArrayBuffer;
}

export interface OutputPiece {
  readonly from: 'out' | 'err';
  readonly text: string;
}

export interface OutputMessage {
  readonly kind: 'output';
  readonly id: number;
  readonly pieces: readonly OutputPiece[];
}

/** What the learner's program sent through a socket. */
export interface Packet {
  readonly to: 'statsd' | 'carbon';
  readonly protocol: 'udp' | 'tcp';
  readonly bytes: Uint8Array;
}

export interface PacketMessage {
  readonly kind: 'packet';
  readonly id: number;
  readonly packet: Packet;
}

/** The program waits in input(); its prompt has been printed. */
export interface AskMessage {
  readonly kind: 'ask';
  readonly id: number;
}

export interface DoneMessage {
  readonly kind: 'done';
  readonly id: number;
  readonly ending: RunEnding;
  readonly trace: Trace | null;
  readonly stats: RunStats;
}

export interface ProblemsMessage {
  readonly kind: 'problems';
  readonly id: number;
  readonly problems: readonly Problem[];
}

/** What Python says about a program before it runs. */
export interface Problem {
  readonly message: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

export interface GradedMessage {
  readonly kind: 'graded';
  readonly id: number;
  /** One for each test, in order. */
  readonly outcomes: readonly Outcome[];
  readonly stats: RunStats;
}

/** The interpreter is dead: this worker answers nothing any more. */
export interface FatalMessage {
  readonly kind: 'fatal';
  readonly why: string;
}

export interface RunStats {
  readonly tookMs: number;
  readonly lines: number;
  readonly characters: number;
}

/** How a run ended, and the same in plain words. `line` is the line that ran last, when it is known. */
export interface RunEnding {
  readonly how:
    | 'finished'
    | 'error' // an exception of the program: see `error`
    | 'output-limit' // printed too much
    | 'time-limit' // ran too long
    | 'stopped' // the learner pressed Stop
    | 'crashed'; // the interpreter itself broke, or did not answer
  readonly words: string;
  readonly line: number | null;
  readonly error: PythonError | null;
  /** What a program with a command line hands to the shell; null for another one. */
  readonly exitCode: number | null;
}

export interface PythonError {
  /** `NameError` */
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
  /** Python's own traceback, cut to the learner's files. */
  readonly traceback: string;
  /** Frames from Global to the one that raised. */
  readonly frames: readonly {
    /** As the learner calls it: `main.py`, `helpers.py`. */
    readonly file: string;
    readonly line: number;
    readonly name: string;
  }[];
}

/** What came of one test: a value as data, an exception, or a stop. */
export interface Outcome {
  readonly how:
    | 'value'
    | 'raised'
    | 'time-limit'
    | 'output-limit'
    | 'not-run'
    | 'stopped' // the learner pressed Stop
    | 'crashed'; // Python itself broke
  /** Where it stopped, if it raised: in the program itself, in the setup, or in the call. */
  readonly during: 'program' | 'setup' | 'call';
  /** For a rule about the code: None when it holds, else a text that says what stands against it. */
  readonly value: PythonData | null;
  /** The value of `expectPython`, worked out before the learner's code ran. */
  readonly expected: PythonData | null;
  /** What the judged part printed. */
  readonly printed: string;
  readonly error: PythonError | null;
}

/** A Python value as data. Numbers are text, so that nothing is lost on the way. */
export type PythonData =
  | { readonly type: 'None' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'float'; readonly text: string }
  | { readonly type: 'str'; readonly text: string }
  | { readonly type: 'bytes'; readonly text: string }
  | { readonly type: 'list' | 'tuple' | 'set' | 'frozenset'; readonly items: readonly PythonData[] }
  | { readonly type: 'dict'; readonly pairs: readonly (readonly [PythonData, PythonData])[] }
  | { readonly type: 'function'; readonly name: string; readonly text: string }
  | { readonly type: 'other'; readonly name: string; readonly text: string };
