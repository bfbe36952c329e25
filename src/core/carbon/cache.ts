// Points that wait for the writer: metric -> time -> value. A later value for the same time takes its place.

import type { TimedValue } from '../whisper/point.ts';

export interface Cache {
  /** False when the cache is full; a value for a time that waits already is always taken. */
  store(path: string, time: number, value: number): boolean;
  /** In the order of arrival; empty when nothing waits. */
  query(path: string): readonly TimedValue[];
  has(path: string): boolean;
  /** Takes all points of a metric out. */
  remove(path: string): void;
  /** Number of points. */
  size(): number;
  /** Number of metrics. */
  queues(): number;
  /** Names of the metrics, in the order of arrival. */
  paths(): readonly string[];
  /** How many points of a metric wait. */
  count(path: string): number;
  /** Time of the oldest of them; Infinity when there is none. */
  oldest(path: string): number;
}

/** `sizeMax` points at most. */
export function makeCache(sizeMax: number): Cache {
  const metrics = new Map<string, Map<number, number>>();
  let size = 0;
  return {
    store(path, time, value) {
      const points = metrics.get(path);
      if (points?.has(time)) {
        points.set(time, value);
        return true;
      }
      if (size >= sizeMax) return false;
      if (points) points.set(time, value);
      else metrics.set(path, new Map([[time, value]]));
      size++;
      return true;
    },
    query(path) {
      const points: TimedValue[] = [];
      metrics.get(path)?.forEach((value, time) => points.push({ time, value }));
      return points;
    },
    has: (path) => metrics.has(path),
    remove(path) {
      size -= metrics.get(path)?.size ?? 0;
      metrics.delete(path);
    },
    size: () => size,
    queues: () => metrics.size,
    paths: () => [...metrics.keys()],
    count: (path) => metrics.get(path)?.size ?? 0,
    oldest(path) {
      let oldest = Infinity;
      for (const time of metrics.get(path)?.keys() ?? []) if (time < oldest) oldest = time;
      return oldest;
    },
  };
}
