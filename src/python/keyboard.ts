// How a line gets from the reader to a program that waits in input(). The worker asks with a message, and then:
//
//   shared memory    it sleeps until the page has written:   [state][length][text, UTF-8 ...]
//   switched stacks  Python's whole stack is put aside (JSPI), and the line comes by a message
//
// null is the end of the input, as Ctrl D at a terminal.

import { decodeUtf8, encodeUtf8 } from '../core/base/text.ts';
import type { FromPython } from './messages.ts';

/** Longer lines are cut: a form field holds as much. */
export const LINE_CHARACTERS_MAX = 10_000;
const HEAD_BYTES = 8;
/** A character of UTF-16 takes three bytes at most. */
export const KEYBOARD_BYTES = HEAD_BYTES + 3 * LINE_CHARACTERS_MAX;
/** Between two looks Python may be stopped. */
const LOOK_EVERY_MS = 50;

const WAITS = 0;
const LINE = 1;
const END = 2;

/** The worker's side. What Python gets: `L` and the line, `E` for the end, nothing for nothing yet, or a promise. */
export interface Keyboard {
  ask(id: number): void;
  poll(): string | Promise<string>;
  /** A line that came by a message. */
  hear(line: string | null): void;
}

export function makeKeyboard(
  shared: SharedArrayBuffer | null,
  post: (message: FromPython) => void,
): Keyboard {
  let hears: ((told: string) => void) | null = null;
  return {
    ask(id) {
      if (shared !== null) Atomics.store(new Int32Array(shared, 0, 2), 0, WAITS);
      post({ kind: 'ask', id });
    },
    poll() {
      if (shared !== null) return look(shared);
      return new Promise((resolve) => (hears = resolve));
    },
    hear: (line) => hears?.(line === null ? 'E' : `L${line}`),
  };
}

function look(shared: SharedArrayBuffer): string {
  const head = new Int32Array(shared, 0, 2);
  Atomics.wait(head, 0, WAITS, LOOK_EVERY_MS);
  const state = Atomics.load(head, 0);
  if (state === WAITS) return '';
  if (state === END) return 'E';
  // A decoder refuses shared memory: it gets a copy.
  const bytes = new Uint8Array(shared, HEAD_BYTES, Atomics.load(head, 1)).slice();
  return `L${decodeUtf8(bytes)}`;
}

/** The page's side with shared memory. */
export function typeLine(shared: SharedArrayBuffer, line: string | null): void {
  const head = new Int32Array(shared, 0, 2);
  const bytes = encodeUtf8((line ?? '').slice(0, LINE_CHARACTERS_MAX));
  new Uint8Array(shared, HEAD_BYTES).set(bytes);
  Atomics.store(head, 1, bytes.length);
  Atomics.store(head, 0, line === null ? END : LINE);
  Atomics.notify(head, 0);
}
