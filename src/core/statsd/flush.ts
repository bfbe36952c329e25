// From the tally of one interval to the points that Graphite gets, in the real program's order:
// counters, timers, gauges, sets, then what StatsD tells about itself.

import type { Point } from '../carbon/point.ts';
import type { StatsdConfig } from './config.ts';
import { makeNames } from './names.ts';
import { keysOf, type Tally } from './tally.ts';
import { makeTimerStats } from './timer-stats.ts';

/** How the last flushes went. Times in seconds since 1970. */
export interface FlushFacts {
  /** Milliseconds that this flush has taken so far. */
  readonly elapsedMs: () => number;
  readonly lastExceptionS: number;
  readonly lastFlushS: number;
  /** Of the flush before: milliseconds to hand over, and characters. */
  readonly flushTimeMs: number;
  readonly flushLength: number;
}

/** All points of one flush at `timeS`. The tally stays as it is. */
export function flushPoints(
  tally: Tally,
  config: StatsdConfig,
  timeS: number,
  facts: FlushFacts,
): readonly Point[] {
  const points: Point[] = [];
  forEachStat(tally, config, facts, (path, value) => points.push({ path, value, time: timeS }));
  return points;
}

/** The same as lines for Carbon, numbers as JavaScript prints them; a large flush has millions. */
export function flushText(
  tally: Tally,
  config: StatsdConfig,
  timeS: number,
  facts: FlushFacts,
): string {
  const end = ` ${timeS}\n`;
  const parts: string[] = [];
  let lines: string[] = [];
  forEachStat(tally, config, facts, (path, value) => {
    lines.push(`${path} ${value}${end}`);
    if (lines.length < JOINED_LINES) return;
    parts.push(lines.join(''));
    lines = [];
  });
  return parts.join('') + lines.join('');
}

/** A text that grows by one line at a time is a tree of pieces, which costs more than all the rest of a flush. */
const JOINED_LINES = 1000;

function forEachStat(
  tally: Tally,
  config: StatsdConfig,
  facts: FlushFacts,
  addAny: (path: string, value: number) => void,
): void {
  // Sums of large values may still be no number that Carbon could keep.
  const add: typeof addAny = (path, value) => {
    if (config.strict || Number.isFinite(value)) addAny(path, value);
  };
  const names = makeNames(config);
  const timerStats = makeTimerStats(config);
  for (const [key, { sum }] of inKeyOrder(tally.counters)) {
    add(names.rate(key), sum / (config.flushIntervalMs / 1000));
    if (config.flushCounts) add(names.count(key), sum);
  }
  for (const [key, timer] of inKeyOrder(tally.timers)) {
    const [before, after] = names.timer(key);
    timerStats(key, timer, (stat, value) => add(before + stat + after, value));
  }
  for (const [key, { value }] of inKeyOrder(tally.gauges)) add(names.gauge(key), value);
  for (const [key, members] of inKeyOrder(tally.sets)) add(names.set(key), members.size);

  add(names.numStats, keysOf(tally));
  // The real program computes first and makes names of it then; here both are one.
  const elapsedMs = facts.elapsedMs();
  add(names.own('graphiteStats.calculationtime'), elapsedMs);
  add(names.own('processing_time'), elapsedMs);
  add(names.own('graphiteStats.last_exception'), facts.lastExceptionS);
  add(names.own('graphiteStats.last_flush'), facts.lastFlushS);
  add(names.own('graphiteStats.flush_time'), facts.flushTimeMs);
  add(names.own('graphiteStats.flush_length'), facts.flushLength);
}

const INDEX_MAX = 4294967294;

/** The order of a JavaScript object: whole numbers first, rising, then the others as they came. */
export function inKeyOrder<T>(
  map: ReadonlyMap<string, T>,
): Iterable<readonly [key: string, held: T]> {
  const isIndex = (key: string): boolean =>
    /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) <= INDEX_MAX;
  const indexes = [...map.keys()].filter(isIndex);
  if (indexes.length === 0) return map;
  const entries = [...map];
  return [
    ...entries.filter(([key]) => isIndex(key)).sort(([a], [b]) => Number(a) - Number(b)),
    ...entries.filter(([key]) => !isIndex(key)),
  ];
}
