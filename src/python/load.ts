// Brings up a Pyodide in a worker: capped memory, fixed hash seed, from a snapshot when there is one.

import type { Pyodide, PyodideFiles } from './engine.ts';
import type { PythonSources } from './files.ts';
import { installFiles } from './engine.ts';
import type { FromPython, LoadMessage } from './messages.ts';

const PAGE_BYTES = 65_536;
/** Files stand in JavaScript's memory, which no other cap reaches. */
const FILE_BYTES_MAX = 32 * 1024 * 1024;
const STACK_BYTES_MAX = 200 * 1024;
/** Emscripten's number for ENOSPC, no space left on device. */
const NO_SPACE = 51;

export interface PyodideModule {
  /** `314.0.7` */
  readonly version: string;
  loadPyodide(options: {
    readonly indexURL: string;
    readonly env: Readonly<Record<string, string>>;
    readonly _makeSnapshot?: boolean;
    readonly _loadSnapshot?: ArrayBuffer;
  }): Promise<Pyodide>;
}

/**
 * Loads Python and our files, and posts a snapshot if one is wanted. The caller posts `ready`.
 * A snapshot holds our files too; it is made before any message port is connected, since a snapshot
 * cannot hold objects of JavaScript.
 */
export async function loadPython(
  module: PyodideModule,
  indexURL: string,
  message: LoadMessage & { readonly sources: PythonSources },
  post: (message: FromPython) => void,
): Promise<Pyodide> {
  // Without a fixed seed the order of a set of strings differs from run to run.
  const options = { indexURL, env: { PYTHONHASHSEED: '0', HOME: '/home/learner' } };
  if (message.snapshot !== null) {
    return module.loadPyodide({ ...options, _loadSnapshot: message.snapshot });
  }
  if (!message.wantSnapshot) {
    const plain = await module.loadPyodide(options);
    installFiles(plain, message.sources);
    return plain;
  }
  const first = await module.loadPyodide({ ...options, _makeSnapshot: true });
  installFiles(first, message.sources);
  try {
    const whole = first.makeMemorySnapshot();
    const bytes = whole.slice().buffer;
    post({ kind: 'snapshot', bytes });
  } catch {
    // No snapshot: later workers load plainly, which only takes longer.
  }
  return first;
}

/** A file that would be larger is an OSError in Python: no space left on device. */
export function capFiles(
  { ErrnoError, filesystems }: PyodideFiles,
  bytesMax = FILE_BYTES_MAX,
): void {
  const files = filesystems.MEMFS;
  const expand = files.expandFileStorage.bind(files);
  files.expandFileStorage = (node, bytes) => {
    if (bytes > bytesMax) throw new ErrnoError(NO_SPACE);
    expand(node, bytes);
  };
}

/**
 * CPython watches how much stack its C code uses, and raises RecursionError before it is full. It believes in
 * 10 MB; but beside that stack, which is memory, every call takes room in the browser's own stack of 1 MB, which
 * nobody can measure. Calls that use this much of the one do not fill the other.
 */
export function capStack(pyodide: Pyodide, bytesMax = STACK_BYTES_MAX): void {
  const {
    _emscripten_stack_get_base: top,
    _PyThreadState_Get: thread,
    _PyUnstable_ThreadState_SetStackProtection: protect,
  } = pyodide['_module'];
  protect(thread(), top() - bytesMax, bytesMax);
}

/** Over the cap Python gets a MemoryError that it can catch, and the page stays alive. */
export function capMemory(
  memory: {
    grow(this: { readonly buffer: { readonly byteLength: number } }, pages: number): number;
  },
  bytesMax: number,
): void {
  // It is called below with the memory that is to grow, not with this prototype.
  // oxlint-disable-next-line typescript/unbound-method
  const grow = memory.grow;
  memory.grow = function capped(pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > bytesMax) {
      throw new RangeError(`Python may use ${bytesMax} bytes of memory`);
    }
    return grow.call(this, pages);
  };
}
