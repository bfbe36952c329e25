// What StatsD holds between two flushes.
//
//   counter  key -> sum                      a:1|c  a:2|c      -> 3
//   timer    key -> values, and their count  a:320|ms|@0.1     -> [320], 10
//   gauge    key -> last value               a:5|g  a:-2|g     -> 3
//   set      key -> texts                    a:x|s  a:x|s      -> {x}

import type { StatsdConfig } from './config.ts';
import type { Sample } from './packet.ts';

export interface Tally {
  readonly counters: Map<string, number>;
  readonly timers: Map<string, Timer>;
  readonly gauges: Map<string, number>;
  /** Flushes that a gauge still outlives; only kept with deleteGauges. */
  readonly gaugeFlushesLeft: Map<string, number>;
  readonly sets: Map<string, Set<string>>;
  /** Timer values and set members since the last flush. */
  values: number;
}

export interface Timer {
  values: number[];
  /** How many events the values stand for: the sum of 1 / rate. */
  count: number;
}

/** StatsD's own counters, which are always there and come first. */
export interface OwnCounters {
  readonly badLinesSeen: string;
  readonly packetsReceived: string;
  readonly metricsReceived: string;
}

/** Keys of all kinds that are held; a sample with a new key beyond it is bad. */
export const KEYS_MAX = 1_000_000;
/** Timer values and set members that are held between two flushes. */
export const VALUES_MAX = 10_000_000;

export function ownCounters(prefixStats: string): OwnCounters {
  return {
    badLinesSeen: `${prefixStats}.bad_lines_seen`,
    packetsReceived: `${prefixStats}.packets_received`,
    metricsReceived: `${prefixStats}.metrics_received`,
  };
}

export function makeTally(prefixStats: string): Tally {
  const own = ownCounters(prefixStats);
  return {
    counters: new Map([
      [own.badLinesSeen, 0],
      [own.packetsReceived, 0],
      [own.metricsReceived, 0],
    ]),
    timers: new Map(),
    gauges: new Map(),
    gaugeFlushesLeft: new Map(),
    sets: new Map(),
    values: 0,
  };
}

/** Adds to a counter that is there or begins here. */
export function count(tally: Tally, key: string, by: number): void {
  // Not "??": a counter that became NaN (Infinity and -Infinity) begins again, as in the real program.
  tally.counters.set(key, (tally.counters.get(key) || 0) + by);
}

/** Null when it is added, else why there is no room. */
export function addSample(tally: Tally, sample: Sample, config: StatsdConfig): string | null {
  const { key, type, value, text, rate } = sample;
  if (keysOf(tally) >= KEYS_MAX && !isKnown(tally, sample))
    return `No room for the key "${key}": ${KEYS_MAX} are held.`;
  if (type === 'counter') count(tally, key, value * (1 / rate));
  else if (type === 'gauge') addGauge(tally, key, value, text, config);
  else if (tally.values >= VALUES_MAX)
    return `No room for another value of "${key}": ${VALUES_MAX} came since the last flush.`;
  else if (type === 'timer') addTime(tally, key, value, rate);
  else addMember(tally, key, text);
  return null;
}

/** What happens after a flush: everything starts again, but for gauges. */
export function resetTally(tally: Tally, config: StatsdConfig): void {
  for (const key of tally.counters.keys())
    if (config.deleteCounters && !isOwn(key)) tally.counters.delete(key);
    else tally.counters.set(key, 0);
  for (const key of tally.timers.keys())
    if (config.deleteTimers) tally.timers.delete(key);
    else tally.timers.set(key, { values: [], count: 0 });
  for (const key of tally.sets.keys())
    if (config.deleteSets) tally.sets.delete(key);
    else tally.sets.set(key, new Set());
  if (config.deleteGauges) ageGauges(tally);
  tally.values = 0;
}

// Any key that contains one of these names stays, whatever its prefix: so does the real program.
function isOwn(key: string): boolean {
  return /packets_received|metrics_received|bad_lines_seen/.test(key);
}

function ageGauges(tally: Tally): void {
  for (const [key, flushes] of tally.gaugeFlushesLeft) {
    if (flushes > 1) tally.gaugeFlushesLeft.set(key, flushes - 1);
    else {
      tally.gaugeFlushesLeft.delete(key);
      tally.gauges.delete(key);
    }
  }
}

// A sign means a change, except where the gauge is new or 0: then a negative value can be set.
function addGauge(
  tally: Tally,
  key: string,
  value: number,
  text: string,
  config: StatsdConfig,
): void {
  const before = tally.gauges.get(key) ?? 0;
  const isChange = before !== 0 && !Number.isNaN(before) && /^[-+]/.test(text);
  tally.gauges.set(key, isChange ? before + value : value);
  if (config.deleteGauges) tally.gaugeFlushesLeft.set(key, config.gaugesMaxTTL);
}

function addTime(tally: Tally, key: string, value: number, rate: number): void {
  let timer = tally.timers.get(key);
  if (!timer) tally.timers.set(key, (timer = { values: [], count: 0 }));
  timer.values.push(value);
  timer.count += 1 / rate;
  tally.values++;
}

function addMember(tally: Tally, key: string, text: string): void {
  let members = tally.sets.get(key);
  if (!members) tally.sets.set(key, (members = new Set()));
  const sizeBefore = members.size;
  members.add(text || '0');
  tally.values += members.size - sizeBefore;
}

function isKnown({ counters, timers, gauges, sets }: Tally, { key, type }: Sample): boolean {
  if (type === 'counter') return counters.has(key);
  if (type === 'timer') return timers.has(key);
  return type === 'gauge' ? gauges.has(key) : sets.has(key);
}

/** Keys of all kinds: the real program's numStats. */
export function keysOf(tally: Tally): number {
  return tally.counters.size + tally.timers.size + tally.gauges.size + tally.sets.size;
}
