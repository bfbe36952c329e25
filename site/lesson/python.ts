// The one Python of a page. It is loaded when a reader first does something with a program, not before.

import { signal, type Signal } from '@preact/signals';
import type { Python, PythonState } from '../../src/python/client.ts';
import type { Problem } from '../../src/python/messages.ts';

export interface PagePython {
  readonly state: Signal<PythonState | null>;
  /** Begins to load; later calls do nothing. */
  wake(): void;
  get(): Promise<Python>;
  /** What Python says about a program before it runs; nothing where nobody has asked for Python yet. */
  problems(code: string): Promise<readonly Problem[]>;
}

/** A phone has no 30 MB to spare for a copy of Python's memory. */
const SNAPSHOT_DEVICE_GB_MIN = 4;
/** A second Python takes 100 MB. Browsers say 8 for everything above, and some say nothing. */
const SPARE_DEVICE_GB_MIN = 8;

export function makePagePython(siteRoot: string): PagePython {
  const state = signal<PythonState | null>(null);
  let made: Promise<Python> | null = null;

  function get(): Promise<Python> {
    made ??= import('../../src/browser/python.ts').then(({ makePython }) => {
      const python = makePython({
        baseUrl: `${siteRoot}py/`,
        wantSnapshot: hasMemory(SNAPSHOT_DEVICE_GB_MIN),
        wantSpare: hasMemory(SPARE_DEVICE_GB_MIN) && matchMedia('(pointer: fine)').matches,
      });
      python.subscribe((next) => (state.value = next));
      void python.start();
      return python;
    });
    // A module that did not come (the reader is offline) is asked for again at the next press.
    made.catch(() => (made = null));
    return made;
  }
  return {
    state,
    get,
    wake: () => void get().catch(() => undefined),
    problems: async (code) => (made === null ? [] : (await made).problems(code)),
  };
}

/** Whether a program can wait for the reader: with shared memory, or with a stack that is put aside (JSPI). */
export function canAskLive(): boolean {
  return globalThis.crossOriginIsolated || 'Suspending' in WebAssembly;
}

function hasMemory(gigabytes: number): boolean {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  return (deviceMemory ?? SNAPSHOT_DEVICE_GB_MIN) >= gigabytes;
}

/** "Getting Python ready, 6.1 of 13.5 MB. You can read on." */
export function loadingWords(state: PythonState | null): string {
  if (state === null || state.totalBytes === 0) return 'Getting Python ready. You can read on.';
  if (state.phase === 'failed')
    return `${state.why ?? 'Python did not load.'} Check the connection and press Run again.`;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return `Getting Python ready, ${megabytes(state.loadedBytes)} of ${megabytes(state.totalBytes)} MB. You can read on.`;
}
