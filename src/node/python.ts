// Python for `check` and for tests: the page's client with a worker thread in place of a Web Worker.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Python, PythonWorker } from '../python/client.ts';
import { makeClient, MEMORY_BYTES_MAX } from '../python/client.ts';
import type { PythonSources } from '../python/files.ts';
import { pythonFiles } from '../python/files.ts';
import type { FromPython, ToPython } from '../python/messages.ts';

/** Recursion of 400 levels through C code needs more than the usual 4 MB. */
const STACK_MB = 32;

export interface NodePythonOptions {
  /** The compiled thread: python-thread.js in dist/, or one that a test built from the source. */
  readonly threadUrl: URL;
  /** Folder with pyodide.mjs and its files. */
  readonly pyodideDir?: string;
  /** Folder with wheels/ and simple/, when they do not stand beside Pyodide's files. */
  readonly packageDir?: string;
  /** Folder with runner.py and the others. */
  readonly sourceDir?: string;
  /** False only in tests of what happens without shared memory. */
  readonly canInterrupt?: boolean;
  readonly wantSnapshot?: boolean;
  readonly wantSpare?: boolean;
}

export function makeNodePython(options: NodePythonOptions): Python {
  const pyodideDir = options.pyodideDir ?? installedPyodide();
  const sourceDir = options.sourceDir ?? sourcesBeside();
  return makeClient({
    baseUrl: pathToFileURL(`${pyodideDir}/`).href,
    sources: readSources(sourceDir),
    packageFolder: options.packageDir ?? null,
    wantSnapshot: options.wantSnapshot ?? true,
    wantSpare: options.wantSpare ?? false,
    memoryBytesMax: MEMORY_BYTES_MAX,
    open: (onMessage, onBroken) => openThread(options.threadUrl, onMessage, onBroken),
    sharedBytes: (count) => (options.canInterrupt === false ? null : new SharedArrayBuffer(count)),
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    nowMs: () => performance.now(),
  });
}

function openThread(
  url: URL,
  onMessage: (message: FromPython) => void,
  onBroken: (why: string) => void,
): PythonWorker {
  const thread = new Worker(url, { resourceLimits: { stackSizeMb: STACK_MB } });
  thread.on('message', onMessage);
  thread.on('error', (error) => onBroken(String(error)));
  thread.on('exit', (code) => onBroken(`the thread ended with code ${code}`));
  return {
    post: (message: ToPython) => thread.postMessage(message),
    end: () => void thread.terminate(),
  };
}

function installedPyodide(): string {
  return dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
}

function sourcesBeside(): string {
  return fileURLToPath(new URL('../python', import.meta.url));
}

function readSources(folder: string): PythonSources {
  const read = pythonFiles.map(
    (name) => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const,
  );
  return Object.fromEntries(read) as PythonSources;
}
