// What a reader has done, as one small JSON document that can be taken along.
//
//   { format: "stacklab.progress.v1", version: 1,
//     items: { "closures/dose-limit": { state, tries, answer, sure, code, contentHash, at } } }
//
// Ids: "<lesson id>/<activity id>" and "lab:<lab id>/<task id>". They never change.

import { bad, good, type Result } from '../core/base/result.ts';

export const PROGRESS_FORMAT = 'stacklab.progress.v1';

/** A whole course with all code is about 200 kB. */
export const PROGRESS_BYTES_MAX = 1_000_000;

export interface Progress {
  readonly format: typeof PROGRESS_FORMAT;
  readonly version: 1;
  readonly items: Readonly<Record<string, Item>>;
}

export interface Item {
  readonly state: ItemState;
  readonly tries: number;
  /** What the reader chose or typed; null for an activity without an answer. */
  readonly answer: string | null;
  /** How sure the reader was of a prediction; null when that was not said. */
  readonly sure: Sureness | null;
  /** The reader's own program; null for an activity without one. */
  readonly code: string | null;
  /** Hash of the activity when it was done, so that a changed one can be shown as changed. */
  readonly contentHash: string | null;
  /** Milliseconds since 1970 of the last change. */
  readonly at: number;
}

export const SURENESSES = ['guess', 'fairly', 'certain'] as const;
export type Sureness = (typeof SURENESSES)[number];

/** From nothing to all: merging keeps the best. */
export const ITEM_STATES = ['seen', 'tried', 'shown', 'done'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export const NO_PROGRESS: Progress = { format: PROGRESS_FORMAT, version: 1, items: {} };

const NEW_ITEM: Item = {
  state: 'seen',
  tries: 0,
  answer: null,
  sure: null,
  code: null,
  contentHash: null,
  at: 0,
};

export function itemOf(progress: Progress, id: string): Item {
  return progress.items[id] ?? NEW_ITEM;
}

/** The progress with one item changed; a state is never taken back. */
export function withItem(progress: Progress, id: string, change: Partial<Item>): Progress {
  const before = itemOf(progress, id);
  const item = { ...before, ...change };
  const state = better(before.state, item.state);
  return { ...progress, items: { ...progress.items, [id]: { ...item, state } } };
}

/** Best state, most tries, latest answer and code. */
export function mergeProgress(left: Progress, right: Progress): Progress {
  const items: Record<string, Item> = { ...left.items };
  for (const [id, item] of Object.entries(right.items)) {
    const mine = items[id];
    if (mine === undefined) items[id] = item;
    else {
      const newer = item.at >= mine.at ? item : mine;
      items[id] = {
        ...newer,
        state: better(mine.state, item.state),
        tries: Math.max(mine.tries, item.tries),
      };
    }
  }
  return { ...left, items };
}

/** Reads an exported file. Items that are not whole are refused with the id that is wrong. */
export function parseProgress(text: string): Result<Progress> {
  if (text.length > PROGRESS_BYTES_MAX)
    return bad(`A progress file has at most ${PROGRESS_BYTES_MAX} bytes, this has ${text.length}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(`This is not a progress file. It begins with "${text.slice(0, 40)}".`);
  }
  if (!isObject(value) || value['format'] !== PROGRESS_FORMAT || !isObject(value['items']))
    return bad(`This file is JSON, but not in the format "${PROGRESS_FORMAT}".`);
  const items: Record<string, Item> = {};
  for (const [id, item] of Object.entries(value['items'])) {
    const read = readItem(item);
    if (read === null) return bad(`The entry "${id}" of this progress file is not whole.`);
    items[id] = read;
  }
  return good({ ...NO_PROGRESS, items });
}

function readItem(value: unknown): Item | null {
  if (!isObject(value)) return null;
  const { state, tries, answer, sure, code, contentHash, at } = { ...NEW_ITEM, ...value };
  const isText = (text: unknown): text is string | null =>
    text === null || typeof text === 'string';
  if (!ITEM_STATES.includes(state) || typeof tries !== 'number' || typeof at !== 'number')
    return null;
  if (sure !== null && !SURENESSES.includes(sure)) return null;
  if (!isText(answer) || !isText(code) || !isText(contentHash)) return null;
  return { state, tries, answer, sure, code, contentHash, at };
}

function better(left: ItemState, right: ItemState): ItemState {
  return ITEM_STATES.indexOf(left) >= ITEM_STATES.indexOf(right) ? left : right;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
