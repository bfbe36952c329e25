// Points that wait for the writer. All of them lie in a few long arrays, so that a million need 20 MB and give the
// garbage collector nothing to walk; each metric has a list through them.
//
//   metrics   0 a.b        1 c.d             `first`, `last`, `counts`, `oldest` by the number of the metric
//             |            '-> [2]
//             '-> [0] -> [1] -> [3]          `next` by the number of the point
//   points    [0] 1700000000 0.5 | [1] 1700000010 0.7 | [2] … | [3] …
//
// A later value for a time that waits takes the place of the earlier one.

import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { TimedValue } from '../whisper/point.ts';
import { at, makePoints, NONE, ROOM_AT_FIRST, twice } from './waiting-points.ts';

export interface Cache {
  /** The number by which a metric is stored, made at the first call; it holds until `age` changes. */
  idOf(path: string): number;
  /** False when the cache is full; a value for a time that waits already is always taken. */
  store(id: number, time: number, value: number): boolean;
  /** In the order of arrival; empty when nothing waits. */
  query(path: string): readonly TimedValue[];
  /** Whether a metric has a number: its name has been here before. */
  knows(path: string): boolean;
  pathOf(id: number): string;
  /** Takes all points of a metric out. */
  remove(id: number): void;
  /** Number of points. */
  size(): number;
  /** Number of metrics that wait. */
  queues(): number;
  /** Names of the metrics that wait. */
  paths(): readonly string[];
  /** The same as numbers. */
  waiting(): readonly number[];
  /** How many points of a metric wait. */
  count(id: number): number;
  /** Time of the oldest of them; Infinity when there is none. */
  oldest(id: number): number;
  /** How many values have been stored since the start. */
  arrivals(): number;
  /** That number when the newest value of a metric came. */
  newestArrival(id: number): number;
  /** Points that come from now on belong to this stretch of arrivals, a larger number than before. */
  beginStretch(stretch: number): void;
  /** The stretch in which the first point came of those that wait; the present one when none waits. */
  oldestStretch(): number;
  /** Metrics that wait since a stretch before `stretch`, which from now on count as of the present one. */
  renewBefore(stretch: number): readonly string[];
  /** Grows by one when numbers of idle metrics were given to others. */
  age(): number;
}

/** Names that are remembered though nothing of them waits: those of a large machine room, about 100 MB. */
export const IDLE_METRICS_MAX = 500_000;
/** For points out of order: so many that wait are looked through for one of the same time. */
export const LOOKED_THROUGH_MAX = 1000;

/** `sizeMax` points at most. */
export function makeCache(sizeMax: number): Cache {
  const ids = new Map<string, number>();
  const metrics = makeMetrics();
  const points = makePoints(sizeMax);
  let queues = 0;
  let age = 0;
  let stretch = 0;
  let arrivals = 0;
  /** How many metrics began to wait in each stretch, and wait still. */
  const waitingSince = new Map<number, number>();

  function idOf(path: string): number {
    const known = ids.get(path);
    if (known !== undefined) return known;
    // Engines let a name that was cut out of a text keep the whole text, which may be all that a socket brought. Half a
    // surrogate, which a pickle may hold, becomes what a file name has in its place.
    const name = decodeUtf8Lossy(encodeUtf8(path));
    let id = ids.get(name);
    if (id === undefined) {
      if (ids.size - queues >= IDLE_METRICS_MAX) forgetIdle();
      id = metrics.add(name);
      ids.set(name, id);
    }
    return id;
  }

  function forgetIdle(): void {
    for (const [path, id] of ids)
      if (metrics.counts[id] === 0) {
        ids.delete(path);
        metrics.free(id);
      }
    age++;
  }

  /** The point of `time` that waits, NONE when there is none or it would take too long to find. */
  function find(id: number, time: number): number {
    if (time > at(metrics.newest, id)) return NONE;
    const last = at(metrics.last, id);
    if (last !== NONE && at(points.times, last) === time) return last;
    let point = at(metrics.first, id);
    for (let looked = 0; point !== NONE && looked < LOOKED_THROUGH_MAX; looked++) {
      if (at(points.times, point) === time) return point;
      point = at(points.next, point);
    }
    return NONE;
  }

  function beginQueue(id: number, point: number): void {
    queues++;
    metrics.first[id] = point;
    metrics.oldest[id] = Infinity;
    metrics.newest[id] = -Infinity;
    joinStretch(id);
  }

  function joinStretch(id: number): void {
    metrics.stretch[id] = stretch;
    waitingSince.set(stretch, (waitingSince.get(stretch) ?? 0) + 1);
  }

  function leaveStretch(id: number): void {
    const since = at(metrics.stretch, id);
    const left = (waitingSince.get(since) ?? 1) - 1;
    if (left === 0) waitingSince.delete(since);
    else waitingSince.set(since, left);
  }

  function endQueue(id: number): void {
    queues--;
    metrics.first[id] = NONE;
    metrics.last[id] = NONE;
    metrics.counts[id] = 0;
    leaveStretch(id);
  }

  const waiting = (): readonly number[] =>
    [...ids.values()].filter((id) => at(metrics.counts, id) > 0);

  return {
    idOf,
    store(id, time, value) {
      const count = at(metrics.counts, id);
      const same = count === 0 ? NONE : find(id, time);
      if (same !== NONE) {
        metrics.arrived[id] = ++arrivals;
        points.values[same] = value;
        return true;
      }
      const point = points.add(time, value);
      if (point === NONE) return false;
      if (count === 0) beginQueue(id, point);
      else points.next[at(metrics.last, id)] = point;
      metrics.last[id] = point;
      metrics.counts[id] = count + 1;
      metrics.arrived[id] = ++arrivals;
      if (time < at(metrics.oldest, id)) metrics.oldest[id] = time;
      if (time > at(metrics.newest, id)) metrics.newest[id] = time;
      return true;
    },
    query(path) {
      const id = ids.get(path);
      const list: TimedValue[] = [];
      let point = id === undefined ? NONE : at(metrics.first, id);
      let newest = -Infinity;
      let isInOrder = true;
      for (; point !== NONE; point = at(points.next, point)) {
        const time = at(points.times, point);
        isInOrder &&= time > newest;
        newest = time;
        list.push({ time, value: at(points.values, point) });
      }
      return isInOrder ? list : lastOfEach(list);
    },
    knows: (path) => ids.has(path),
    pathOf: (id) => metrics.paths[id] ?? '',
    remove(id) {
      if (at(metrics.counts, id) === 0) return;
      points.free(at(metrics.first, id), at(metrics.last, id), at(metrics.counts, id));
      endQueue(id);
    },
    size: () => points.size(),
    queues: () => queues,
    paths: () => waiting().map((id) => metrics.paths[id] ?? ''),
    waiting,
    count: (id) => at(metrics.counts, id),
    oldest: (id) => (at(metrics.counts, id) === 0 ? Infinity : at(metrics.oldest, id)),
    arrivals: () => arrivals,
    newestArrival: (id) => at(metrics.arrived, id),
    beginStretch(next) {
      stretch = next;
    },
    oldestStretch: () => Math.min(stretch, ...waitingSince.keys()),
    renewBefore(limit) {
      const renewed = waiting().filter((id) => at(metrics.stretch, id) < limit);
      for (const id of renewed) {
        leaveStretch(id);
        joinStretch(id);
      }
      return renewed.map((id) => metrics.paths[id] ?? '');
    },
    age: () => age,
  };
}

/** Where many came out of order, a time may be there twice. */
function lastOfEach(list: readonly TimedValue[]): readonly TimedValue[] {
  const byTime = new Map(list.map(({ time, value }) => [time, value]));
  return Array.from(byTime, ([time, value]) => ({ time, value }));
}

interface Metrics {
  readonly paths: string[];
  first: Int32Array;
  last: Int32Array;
  counts: Int32Array;
  oldest: Float64Array;
  newest: Float64Array;
  stretch: Float64Array;
  arrived: Float64Array;
  add(path: string): number;
  free(id: number): void;
}

function makeMetrics(): Metrics {
  const idle: number[] = [];
  const metrics: Metrics = {
    paths: [],
    first: new Int32Array(ROOM_AT_FIRST),
    last: new Int32Array(ROOM_AT_FIRST),
    counts: new Int32Array(ROOM_AT_FIRST),
    oldest: new Float64Array(ROOM_AT_FIRST),
    newest: new Float64Array(ROOM_AT_FIRST),
    stretch: new Float64Array(ROOM_AT_FIRST),
    arrived: new Float64Array(ROOM_AT_FIRST),
    add(path) {
      const id = idle.pop() ?? metrics.paths.length;
      if (id === metrics.first.length) grow(metrics);
      metrics.paths[id] = path;
      metrics.first[id] = NONE;
      metrics.last[id] = NONE;
      metrics.counts[id] = 0;
      return id;
    },
    free(id) {
      metrics.paths[id] = '';
      idle.push(id);
    },
  };
  return metrics;
}

function grow(metrics: Metrics): void {
  metrics.first = twice(metrics.first, Int32Array);
  metrics.last = twice(metrics.last, Int32Array);
  metrics.counts = twice(metrics.counts, Int32Array);
  metrics.oldest = twice(metrics.oldest, Float64Array);
  metrics.newest = twice(metrics.newest, Float64Array);
  metrics.stretch = twice(metrics.stretch, Float64Array);
  metrics.arrived = twice(metrics.arrived, Float64Array);
}
