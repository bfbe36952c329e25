// The Store over a tree of Whisper files and the cache of points that are not written yet.

import { bad, type Result } from '../core/base/result.ts';
import type { Point } from '../core/carbon/point.ts';
import type { Question } from '../core/trace/explain-file.ts';
import type { Step } from '../core/trace/step.ts';
import type { Fetched, FoundNode, Reach, Store, Unread } from './store.ts';

/** The tree of files, as this store needs it. Times in seconds. */
export interface WhisperTree {
  /** Nodes that match a Graphite pattern, sorted by path. */
  find(pattern: string): readonly FoundNode[];
  /** Values in (from, until] as the file has them at `now`; null when it has none. Fails when it cannot be read. */
  fetch(path: string, from: number, until: number, now: number): Result<FetchedSlots | null>;
  /** From when until when it may have data, at `now`; null when it has none. */
  reach(path: string, now: number): Reach | null;
  /** Why the moment `time` has the value it has, for the question that `fetch` answers. */
  why(path: string, question: Question, time: number): readonly Step[];
  /** True when there is a file for `path`. */
  exists(path: string): boolean;
}

export interface FetchedSlots {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
}

/** Points that carbon took and did not write yet. */
export interface PointCache {
  /** Those of `path`; the newest wins where two have the same time. */
  cached(path: string): readonly Point[];
  /** Puts `slots` and the cached points together: how a point falls into a slot is carbon's matter. */
  merge(path: string, slots: FetchedSlots, points: readonly Point[]): FetchedSlots;
}

export interface WhisperStoreParts {
  readonly tree: WhisperTree;
  /** Null: nothing but the files, as for a second process that only reads. */
  readonly cache: PointCache | null;
  /** Null: this store only reads. */
  readonly take: ((batch: readonly Point[]) => Result<null>) | null;
}

export function makeWhisperStore({ tree, cache, take }: WhisperStoreParts): Store {
  function readOne(
    path: string,
    from: number,
    until: number,
    now: number,
  ): Fetched | Unread | null {
    const fetched = tree.fetch(path, from, until, now);
    if (!fetched.ok) return { path, why: fetched.why };
    const slots = fetched.value;
    if (!slots) return null;
    const points = cache?.cached(path) ?? [];
    const merged = cache && points.length > 0 ? cache.merge(path, slots, points) : slots;
    return { path, ...merged };
  }

  return {
    find: (pattern) => Promise.resolve(tree.find(pattern)),
    read: ({ paths, fromS, untilS, nowS }) =>
      Promise.resolve(paths.map((path) => readOne(path, fromS, untilS, nowS))),
    reach: (paths, nowS) => Promise.resolve(paths.map((path) => tree.reach(path, nowS))),
    why: ({ path, fromS, untilS, nowS, timeS }) =>
      Promise.resolve(tree.why(path, { from: fromS, until: untilS, now: nowS }, timeS)),
    append: (batch) =>
      Promise.resolve(
        take ? take(batch) : bad(`This store only reads; ${batch.length} points were not taken.`),
      ),
    missing: (path) => Promise.resolve(!tree.exists(path)),
  };
}
