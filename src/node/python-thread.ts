// The Node thread that holds a Python: the same engine as the browser's worker. Started by python.ts with a
// stack of 32 MB, since deep recursion in Pyodide uses the thread's own stack.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { assert } from '../core/base/assert.ts';
import type { Engine } from '../python/engine.ts';
import { makeEngine } from '../python/engine.ts';
import type { PyodideModule } from '../python/load.ts';
import { capFiles, capMemory, capStack, loadPython } from '../python/load.ts';
import type { FromPython, LoadMessage, ToPython } from '../python/messages.ts';

interface WebAssemblyLike {
  readonly Memory: { readonly prototype: Parameters<typeof capMemory>[0] };
}

assert(parentPort !== null, 'python-thread runs as a worker thread');
const port = parentPort;
const post = (message: FromPython): void => port.postMessage(message);
// Node's types name WebAssembly only together with the browser's.
const assembly = (globalThis as unknown as { WebAssembly: WebAssemblyLike }).WebAssembly;
let engine: Engine | null = null;

port.on('message', (message: ToPython) => {
  void answer(message).catch((error: unknown) => post({ kind: 'fatal', why: String(error) }));
});

async function answer(message: ToPython): Promise<void> {
  if (message.kind === 'load') {
    engine = await load(message);
    return;
  }
  assert(engine !== null, 'a run comes after ready');
  if (message.kind === 'run') await engine.run(message);
  else if (message.kind === 'grade') engine.grade(message);
  else if (message.kind === 'read') await engine.read(message);
  else engine.hear(message.line);
}

async function load(message: LoadMessage): Promise<Engine> {
  const began = performance.now();
  capMemory(assembly.Memory.prototype, message.memoryBytesMax);
  const module = (await import(new URL('pyodide.mjs', message.baseUrl).href)) as PyodideModule;
  const folder = fileURLToPath(message.baseUrl);
  assert(message.sources !== null, 'the main thread has read our files');
  const pyodide = await loadPython(module, folder, { ...message, sources: message.sources }, post);
  if (message.interrupt !== null) pyodide.setInterruptBuffer(new Uint8Array(message.interrupt));
  capFiles(pyodide.FS);
  capStack(pyodide);
  const packageFolder = message.packageFolder ?? folder;
  const made = makeEngine(pyodide, message.keyboard, readPackageFile, post);
  function readPackageFile(path: string): Uint8Array | null {
    const file = join(packageFolder, path);
    // Pyodide knows no Buffer.
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
  }
  const version = String(pyodide.runPython('import sys; sys.version.split()[0]'));
  const tookMs = performance.now() - began;
  post({ kind: 'ready', version, fromSnapshot: message.snapshot !== null, tookMs });
  return made;
}
