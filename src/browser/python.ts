// Python for a page: the client, with a Web Worker behind it. A page makes one and keeps it.

import type { Python } from '../python/client.ts';
import { makeClient, MEMORY_BYTES_MAX } from '../python/client.ts';

export interface PagePythonOptions {
  /** Folder of pyodide.mjs, relative to the page or absolute: `../../py/`. */
  readonly baseUrl: string;
  /** False keeps 30 MB of memory free; then a restart takes as long as the first start. */
  readonly wantSnapshot?: boolean;
  /** A second Python that waits for the end of the first: 100 MB more. */
  readonly wantSpare?: boolean;
}

export function makePython(options: PagePythonOptions): Python {
  return makeClient({
    baseUrl: new URL(options.baseUrl, self.location.href).href,
    sources: null,
    packageFolder: null,
    wantSnapshot: options.wantSnapshot ?? true,
    wantSpare: options.wantSpare ?? false,
    memoryBytesMax: MEMORY_BYTES_MAX,
    open(onMessage, onBroken) {
      const worker = new Worker(new URL('./python-worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', (event) => onMessage(event.data));
      worker.addEventListener('error', (event) => onBroken(event.message || 'the worker broke'));
      worker.addEventListener('messageerror', () => onBroken('a message could not be read'));
      return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
    },
    // Shared memory needs an isolated page (COOP and COEP); without it a stop starts Python again.
    sharedBytes: (count) => (self.crossOriginIsolated ? new SharedArrayBuffer(count) : null),
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    nowMs: () => performance.now(),
  });
}
