// Where series are kept, as the API sees it. Asynchronous, so that a store may be another machine.

import type { Result } from '../core/base/result.ts';
import type { Point } from '../core/carbon/point.ts';
import type { Step } from '../core/trace/step.ts';

export interface Store {
  /** All nodes that match a Graphite pattern (`*`, `?`, `[a-z]`, `{a,b}`), sorted by path. */
  find(pattern: string): Promise<readonly FoundNode[]>;
  /**
   * Values of each path in (fromS, untilS] as known at nowS, points still in the cache included;
   * null where the path has none or its retention does not reach into the range; Unread where its
   * file cannot be read.
   */
  read(request: ReadRequest): Promise<readonly (Fetched | Unread | null)[]>;
  /** Takes points in; what it gives back says how many were dropped, and why. */
  append(batch: readonly Point[]): Promise<Result<null>>;
  /** From when until when each path may have data, at `nowS`; null where it has none. */
  reach(paths: readonly string[], nowS: number): Promise<readonly (Reach | null)[]>;
  /** Why the moment `timeS` of a path has the value that `read` gives it, step by step. */
  why(request: WhyRequest): Promise<readonly Step[]>;
  /** True when nothing was ever stored under `path`. */
  missing(path: string): Promise<boolean>;
}

export interface FoundNode {
  /** The whole path, "collectd.web1.cpu-0". */
  readonly path: string;
  readonly isLeaf: boolean;
  /** The last part of the path, "cpu-0". */
  readonly name: string;
}

/** Seconds since 1970. */
export interface ReadRequest {
  readonly paths: readonly string[];
  readonly fromS: number;
  readonly untilS: number;
  readonly nowS: number;
}

/** Seconds since 1970. */
export interface Reach {
  readonly startS: number;
  readonly endS: number;
}

/** Seconds since 1970. */
export interface WhyRequest extends Omit<ReadRequest, 'paths'> {
  readonly path: string;
  readonly timeS: number;
}

/** A metric that is there, but whose file is damaged or not to be opened: which, and why. */
export interface Unread {
  readonly path: string;
  readonly why: string;
}

/** Seconds since 1970; the time of values[i] is start + i * step; NaN is a gap. */
export interface Fetched {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
}
