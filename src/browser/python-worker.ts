// The worker of the page that holds a Python. It loads Pyodide from the page's own origin, says how many
// bytes have come, and hands everything else to the engine.

import type { Engine } from '../python/engine.ts';
import { makeEngine } from '../python/engine.ts';
import type { PythonSources } from '../python/files.ts';
import { pyodideFiles, sourcesFile } from '../python/files.ts';
import type { PyodideModule } from '../python/load.ts';
import { capFiles, capMemory, capStack, loadPython } from '../python/load.ts';
import type { FromPython, LoadMessage, ToPython } from '../python/messages.ts';
import { keptSnapshot } from './kept-snapshot.ts';

declare const self: DedicatedWorkerGlobalScope;

const PROGRESS_EVERY_MS = 100;

let engine: Engine | null = null;

// Pyodide calls it an error when a program uses up its stack. The page says so in words (words.ts), and is whole.
console.error = console.debug;

function post(message: FromPython): void {
  // The snapshot is 30 MB: it is moved, not copied.
  self.postMessage(message, message.kind === 'snapshot' ? [message.bytes] : []);
}

function fatal(error: unknown): void {
  post({ kind: 'fatal', why: error instanceof Error ? error.message : String(error) });
}

self.addEventListener('message', (event: MessageEvent<ToPython>) => {
  answer(event.data).catch(fatal);
});

// After a fatal error of Pyodide a promise may never settle: it is only seen here.
self.addEventListener('unhandledrejection', (event) => {
  const reason = event.reason as { readonly pyodide_fatal_error?: boolean } | null;
  if (reason?.pyodide_fatal_error === true) fatal(reason);
});

async function answer(message: ToPython): Promise<void> {
  if (message.kind === 'load') {
    engine = await load(message);
    return;
  }
  if (engine === null) throw new Error('a run came before Python was ready');
  if (message.kind === 'run') await engine.run(message);
  else if (message.kind === 'grade') engine.grade(message);
  else if (message.kind === 'read') await engine.read(message);
  else engine.hear(message.line);
}

async function load(message: LoadMessage): Promise<Engine> {
  const began = performance.now();
  capMemory(WebAssembly.Memory.prototype, message.memoryBytesMax);
  const counter = countBytes();
  const url = `${message.baseUrl}pyodide.mjs`;
  const [module, texts] = await Promise.all([
    import(/* @vite-ignore */ url) as Promise<PyodideModule>,
    fetchSources(message.baseUrl),
  ]);
  counter.add('pyodide.mjs');
  const kept = message.wantSnapshot
    ? await keptSnapshot(message.baseUrl, module.version, texts)
    : null;
  const snapshot = message.snapshot ?? (await kept?.take()) ?? null;
  const sources = JSON.parse(texts) as PythonSources;
  const whole = { ...message, snapshot, sources };
  const pyodide = await loadPython(module, message.baseUrl, whole, (each) => {
    if (each.kind === 'snapshot') void kept?.keep(each.bytes.slice(0)).catch(() => undefined);
    post(each);
  }).catch(async (error: unknown) => {
    await kept?.drop();
    throw error;
  });
  if (message.snapshot === null && snapshot !== null) post({ kind: 'snapshot', bytes: snapshot });
  counter.end();
  if (message.interrupt !== null) pyodide.setInterruptBuffer(new Uint8Array(message.interrupt));
  capFiles(pyodide.FS);
  capStack(pyodide);
  const made = makeEngine(pyodide, message.keyboard, readPackageFile, post);
  /** While Python runs, nothing else of this worker does: it waits for the file here. */
  function readPackageFile(path: string): Uint8Array | null {
    const request = new XMLHttpRequest();
    request.open('GET', `${message.baseUrl}${path}`, false);
    request.responseType = 'arraybuffer';
    request.send();
    return request.status === 200 ? new Uint8Array(request.response as ArrayBuffer) : null;
  }
  const version = String(pyodide.runPython('import sys; sys.version.split()[0]'));
  const tookMs = performance.now() - began;
  post({ kind: 'ready', version, fromSnapshot: snapshot !== null, tookMs });
  return made;
}

/** They have no hash in their name: the browser asks whether its copy is still the same. */
async function fetchSources(baseUrl: string): Promise<string> {
  const response = await fetch(`${baseUrl}${sourcesFile}`, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${sourcesFile} came with status ${response.status}`);
  return response.text();
}

interface ByteCounter {
  /** Counts a whole file that did not come through fetch. */
  add(name: string): void;
  end(): void;
}

/** Counts what Pyodide fetches, as it comes, by standing in for `fetch` while it loads. */
function countBytes(): ByteCounter {
  const fetchReally = self.fetch;
  const totalBytes = pyodideFiles.reduce((sum, file) => sum + file.bytes, 0);
  let loadedBytes = 0;
  let toldMs = 0;
  const came = (bytes: number): void => {
    loadedBytes = Math.min(totalBytes, loadedBytes + bytes);
    if (performance.now() - toldMs < PROGRESS_EVERY_MS && loadedBytes < totalBytes) return;
    toldMs = performance.now();
    post({ kind: 'progress', loadedBytes, totalBytes });
  };
  post({ kind: 'progress', loadedBytes, totalBytes });
  self.fetch = async (...request) => counted(await fetchReally(...request), came);
  return {
    add: (name) => came(pyodideFiles.find((file) => file.name === name)?.bytes ?? 0),
    end() {
      self.fetch = fetchReally;
      // asm.mjs comes by import, which nobody can watch: it is counted at the end.
      came(totalBytes);
    },
  };
}

/** The same answer, whose body tells how many bytes went through it. */
function counted(response: Response, came: (bytes: number) => void): Response {
  if (response.body === null || !response.ok) return response;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      came(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(meter), { status, statusText, headers });
}
