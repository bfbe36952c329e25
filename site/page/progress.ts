// The reader's progress in this browser, and a copy at the stack that serves the page.

import {
  mergeProgress,
  NO_PROGRESS,
  parseProgress,
  withItem,
  type Item,
  type Progress,
} from '../../src/lab/progress.ts';
import { servedByStack, siteRoot } from './place.ts';

const KEY = 'stacklab.progress.v1';
const listeners = new Set<(progress: Progress) => void>();
let current = load();

/** False when the browser keeps nothing, as in some private windows: then export is the only way. */
export let isKept = true;

export function progress(): Progress {
  return current;
}

/** Changes one item and keeps it at once: nobody loses work by closing a page. */
export function recordItem(id: string, change: Partial<Item>): void {
  replace(withItem(current, id, { at: Date.now(), ...change }));
}

/** Takes a file's progress in beside what is here. */
export function takeIn(other: Progress): void {
  replace(mergeProgress(current, other));
}

export function onProgress(listen: (progress: Progress) => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

/** The browser forgets what another port stored, so the stack's copy comes back first. */
export async function syncWithStack(): Promise<void> {
  if (!servedByStack) return;
  const answer = await fetch(`${siteRoot}stacklab/progress`);
  if (!answer.ok) return;
  const stored = parseProgress(await answer.text());
  if (stored.ok) takeIn(stored.value);
}

function replace(next: Progress): void {
  current = next;
  const text = JSON.stringify(next);
  try {
    localStorage.setItem(KEY, text);
  } catch {
    isKept = false;
  }
  for (const listen of listeners) listen(next);
  sendSoon();
}

let timer: ReturnType<typeof setTimeout> | undefined;

function sendSoon(): void {
  if (!servedByStack) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    // The copy at the stack is a convenience: this browser has the original, so a failure costs nothing.
    void fetch(`${siteRoot}stacklab/progress`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(current),
    }).catch(() => undefined);
  }, 500);
}

function load(): Progress {
  try {
    const text = localStorage.getItem(KEY);
    const parsed = text === null ? null : parseProgress(text);
    return parsed?.ok ? parsed.value : NO_PROGRESS;
  } catch {
    return NO_PROGRESS;
  }
}
