// What StatsD holds between two flushes.
//
//   counter  key -> sum                      a:1|c  a:2|c      -> 3
//   timer    key -> values, and their count  a:320|ms|@0.1     -> [320], 10
//   gauge    key -> last value               a:5|g  a:-2|g     -> 3
//   set      key -> texts                    a:x|s  a:x|s      -> {x}

import type { StatsdConfig } from './config.ts';
import type { Sample } from './packet.ts';

export interface Tally {
  readonly counters: Map<string, Counter>;
  readonly timers: Map<string, Timer>;
  readonly gauges: Map<string, Gauge>;
  readonly sets: Map<string, Set<string>>;
  /** Timer values and set members since the last flush. */
  values: number;
  /** Rises when a key goes: who holds what was under a key lets go of it then. */
  removals: number;
}

export interface Counter {
  sum: number;
}

export interface Gauge {
  value: number;
  /** Flushes that it still outlives; endless without deleteGauges. */
  flushesLeft: number;
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
      [own.badLinesSeen, { sum: 0 }],
      [own.packetsReceived, { sum: 0 }],
      [own.metricsReceived, { sum: 0 }],
    ]),
    timers: new Map(),
    gauges: new Map(),
    sets: new Map(),
    values: 0,
    removals: 0,
  };
}

/** Adds to a counter that is there or begins here. */
export function count(tally: Tally, key: string, by: number): void {
  const counter = tally.counters.get(key);
  // Not "??": a counter that became NaN (Infinity and -Infinity) begins again, as in the real program.
  if (counter) counter.sum = (counter.sum || 0) + by;
  else tally.counters.set(key, { sum: by });
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
  for (const [key, counter] of tally.counters)
    if (config.deleteCounters && !isOwn(key)) tally.counters.delete(key);
    else counter.sum = 0;
  for (const timer of tally.timers.values()) {
    timer.values = [];
    timer.count = 0;
  }
  if (config.deleteTimers) tally.timers.clear();
  for (const members of tally.sets.values()) members.clear();
  if (config.deleteSets) tally.sets.clear();
  if (config.deleteGauges)
    for (const [key, gauge] of tally.gauges) if (--gauge.flushesLeft < 1) tally.gauges.delete(key);
  const { deleteCounters, deleteTimers, deleteSets, deleteGauges } = config;
  if (deleteCounters || deleteTimers || deleteSets || deleteGauges) tally.removals++;
  tally.values = 0;
}

// Any key that contains one of these names stays, whatever its prefix: so does the real program.
function isOwn(key: string): boolean {
  return /packets_received|metrics_received|bad_lines_seen/.test(key);
}

// A sign means a change, except where the gauge is new or 0: then a negative value can be set.
function addGauge(
  tally: Tally,
  key: string,
  value: number,
  text: string,
  config: StatsdConfig,
): void {
  const gauge = gaugeAt(tally, key);
  const before = gauge.value;
  const isChange = before !== 0 && !Number.isNaN(before) && /^[-+]/.test(text);
  gauge.value = isChange ? before + value : value;
  if (config.deleteGauges) gauge.flushesLeft = config.gaugesMaxTTL;
}

/** The gauge of this key, which begins here at 0 when it is new. */
export function gaugeAt(tally: Tally, key: string): Gauge {
  let gauge = tally.gauges.get(key);
  if (!gauge) tally.gauges.set(key, (gauge = { value: 0, flushesLeft: Infinity }));
  return gauge;
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

/** What is under each key as an object, whose keys come in JavaScript's order: whole numbers first. */
export function byKey<Held, Value>(
  map: ReadonlyMap<string, Held>,
  valueOf: (held: Held, key: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries([...map].map(([key, held]) => [key, valueOf(held, key)]));
}
