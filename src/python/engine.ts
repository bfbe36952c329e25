// The worker's side of the conversation: loads our Python files into a Pyodide, and answers run and grade.
// The same for a Web Worker and a Node thread; who calls it brings the Pyodide and a way to post.

import type {
  DoneMessage,
  FromPython,
  GradedMessage,
  GradeMessage,
  OutputPiece,
  Outcome,
  Packet,
  Problem,
  PythonError,
  ReadMessage,
  RunEnding,
  RunMessage,
} from './messages.ts';
import type { PythonSources } from './files.ts';
import { pythonFiles, wheels } from './files.ts';
import type { Trace } from './trace.ts';
import { makeKeyboard } from './keyboard.ts';
import { endingWords } from './words.ts';

/** As much of Pyodide as we use. */
export interface Pyodide {
  readonly version: string;
  runPython(code: string): unknown;
  setInterruptBuffer(buffer: Uint8Array): void;
  unpackArchive(
    bytes: ArrayBuffer | Uint8Array,
    format: 'wheel',
    options: { readonly extractDir: string },
  ): void;
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
  setStdout(to: RawOutput): void;
  setStderr(to: RawOutput): void;
  readonly FS: PyodideFiles;
  readonly _module: PyodideStack;
}

/** Functions of CPython and of Emscripten about the stack of C code. Addresses are numbers. */
export interface PyodideStack {
  _emscripten_stack_get_base(): number;
  _PyThreadState_Get(): number;
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, bytes: number): number;
}

interface RawOutput {
  batched(line: string): void;
}

/** Pyodide's files, which stand in the memory of JavaScript. */
export interface PyodideFiles {
  readonly ErrnoError: new (code: number) => Error;
  readonly filesystems: {
    readonly MEMFS: { expandFileStorage(node: unknown, bytes: number): void };
  };
}

/** A Python function, seen from outside. */
interface PythonCall {
  (...values: unknown[]): unknown;
  /** The same, whose stack may be put aside while it waits for a promise. */
  callPromising(...values: unknown[]): Promise<unknown>;
}

export interface Engine {
  run(message: RunMessage): Promise<void>;
  grade(message: GradeMessage): void;
  read(message: ReadMessage): Promise<void>;
  /** A line that was typed, where memory cannot be shared. */
  hear(line: string | null): void;
}

/** Each package has a folder of its own: place.py says why. */
const PACKAGE_FOLDER = '/lib/python3.14/packages';

const RAW_CHARACTERS_MAX = 20_000;

/** Puts our Python files into a fresh interpreter. Not needed after a start from a snapshot that has them. */
export function installFiles(pyodide: Pyodide, sources: PythonSources): void {
  pyodide.runPython(sources['boot.py']);
  const names = pythonFiles.filter((name) => name !== 'boot.py').join(' ');
  // A JSON text inside a JSON text is also a Python string literal.
  const texts = JSON.stringify(JSON.stringify(sources));
  pyodide.runPython(`_stacklab = boot(${texts}, ${JSON.stringify(names)})\ndel boot`);
}

export function makeEngine(
  pyodide: Pyodide,
  sharedKeyboard: SharedArrayBuffer | null,
  readPackageFile: (path: string) => Uint8Array | null,
  post: (message: FromPython) => void,
): Engine {
  const call = (path: string): PythonCall => pyodide.runPython(path) as PythonCall;
  const keyboard = makeKeyboard(sharedKeyboard, post);
  let id = 0;
  let rawText = '';
  // Almost everything is printed through stream.py; this is what a program writes to file 1 itself. It is shown
  // at the end, since a Python that dies writes there about our own files.
  pyodide.setStdout({
    batched(line) {
      if (rawText.length < RAW_CHARACTERS_MAX) rawText += `${line}\n`;
    },
  });
  pyodide.setStderr({ batched: () => undefined });
  call('_stacklab["runner"].connect')(
    (pieces: string) => post({ kind: 'output', id, pieces: readPieces(pieces) }),
    (to: Packet['to'], protocol: Packet['protocol'], text: string) =>
      post({ kind: 'packet', id, packet: { to, protocol, bytes: fromLatin1(text) } }),
    () => keyboard.ask(id),
    () => keyboard.poll(),
    (path: string) => (INDEX_PATH.test(path) ? toLatin1(readPackageFile(path)) : ''),
  );
  const installed = new Set<string>();
  /** Once for each worker: what is unpacked stays. */
  function installMissing(packages: readonly string[]): void {
    for (const name of packages) {
      const file = wheels[name];
      if (file === undefined || installed.has(name)) continue;
      const bytes = readPackageFile(`wheels/${file}`);
      if (bytes === null) throw new Error(`the file ${file} is not there`);
      const extractDir = `${PACKAGE_FOLDER}/${name}`;
      pyodide.unpackArchive(bytes, 'wheel', { extractDir });
      // Every test of a grading imports it anew: read from bytecode that takes a third of the time.
      pyodide.runPython(
        `import compileall; compileall.compile_dir(${JSON.stringify(extractDir)}, quiet=1)`,
      );
      installed.add(name);
    }
  }
  const run = call('_stacklab["runner"].run');
  const grade = call('_stacklab["grader"].grade');
  const read = call('_stacklab["problems"].read');
  return {
    async run(message) {
      id = message.id;
      rawText = '';
      const { code, isLive, packages } = message;
      installMissing(packages);
      const given = [code, JSON.stringify(message)];
      // A stack that may be put aside behaves otherwise when it is full: only a program that waits gets one.
      const isPutAside = isLive && sharedKeyboard === null;
      const told = await (isPutAside ? run.callPromising(...given) : run(...given));
      if (rawText !== '') post({ kind: 'output', id, pieces: [{ from: 'out', text: rawText }] });
      post(done(id, told as string));
    },
    grade(message) {
      installMissing(message.packages);
      id = message.id;
      post(graded(id, grade(message.code, JSON.stringify(message)) as string));
    },
    async read(message) {
      const problems = JSON.parse(read(message.code) as string) as readonly Problem[];
      post({ kind: 'problems', id: message.id, problems });
    },
    hear: (line) => keyboard.hear(line),
  };
}

/** What runner.run hands back, as JSON. */
interface RunTold {
  readonly how: RunEnding['how'];
  readonly line: number | null;
  readonly error: PythonError | null;
  readonly loudest: readonly [number | null, number] | null;
  readonly tookMs: number;
  readonly lines: number;
  readonly characters: number;
  readonly trace: Trace | null;
  readonly insisted: boolean;
  readonly exitCode: number | null;
}

function done(id: number, json: string): DoneMessage {
  const told = JSON.parse(json) as RunTold;
  const { how, line, error, tookMs, lines, characters, exitCode } = told;
  const [loudestLine, loudestPercent] = told.loudest ?? [null, 0];
  const stage = told.insisted ? 'insisted' : 'asked';
  const facts = { how, stage, line, tookMs, lines, characters } as const;
  const words = endingWords({ ...facts, loudestLine, loudestPercent });
  return {
    kind: 'done',
    id,
    ending: { how, words, line, error, exitCode },
    trace: told.trace,
    stats: { tookMs, lines, characters },
  };
}

interface GradeTold {
  readonly outcomes: readonly Outcome[];
  readonly tookMs: number;
  readonly lines: number;
  readonly characters: number;
}

function graded(id: number, json: string): GradedMessage {
  const { outcomes, tookMs, lines, characters } = JSON.parse(json) as GradeTold;
  return { kind: 'graded', id, outcomes, stats: { tookMs, lines, characters } };
}

function readPieces(json: string): OutputPiece[] {
  const pairs = JSON.parse(json) as [OutputPiece['from'], string][];
  return pairs.map(([from, text]) => ({ from, text }));
}

/** What a program may read of the package index, and nothing else of this page. */
const INDEX_PATH = /^(?:simple\/(?:[a-z0-9-]+\/)?index\.json|wheels\/[\w.-]+\.whl)$/;

function toLatin1(bytes: Uint8Array | null): string {
  let text = '';
  for (const byte of bytes ?? []) text += String.fromCharCode(byte);
  return text;
}

function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
