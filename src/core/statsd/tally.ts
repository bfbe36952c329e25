// What StatsD knows since the last flush: its buckets.
//
//   counters  clinic.visits -> 12           sum of value / rate
//   timers    triage        -> [12, 9, 31]  every value, and how many events they stand for
//   gauges    clinic.queue  -> 7            the last value
//   sets      patients      -> {P1, P7}     the different texts

import type { StatsdConfig } from './config.ts';
import type { Sample } from './packet.ts';

export interface Tally {
  readonly counters: Map<string, number>;
  readonly timers: Map<string, Timer>;
  readonly gauges: Map<string, number>;
  /** Flushes that a gauge has left, where idle gauges are deleted. */
  readonly gaugesTtl: Map<string, number>;
  readonly sets: Map<string, Set<string>>;
}

export interface Timer {
  readonly values: number[];
  /** Σ 1/rate: the events that the values stand for. */
  events: number;
}

/** Our own three counters; they stand first in every flush. */
export function selfCounters(prefixStats: string): readonly [string, string, string] {
  return [
    `${prefixStats}.bad_lines_seen`,
    `${prefixStats}.packets_received`,
    `${prefixStats}.metrics_received`,
  ];
}

export function makeTally(prefixStats: string): Tally {
  return {
    counters: new Map(selfCounters(prefixStats).map((name) => [name, 0])),
    timers: new Map(),
    gauges: new Map(),
    gaugesTtl: new Map(),
    sets: new Map(),
  };
}

export function addSample(tally: Tally, sample: Sample, gaugesMaxTTL: number): void {
  const { key, value, rate, text } = sample;
  if (sample.kind === 'timer') {
    const timer = tally.timers.get(key) ?? { values: [], events: 0 };
    timer.values.push(value);
    timer.events += 1 / rate;
    tally.timers.set(key, timer);
  } else if (sample.kind === 'gauge') {
    const before = tally.gauges.get(key) ?? 0;
    // A sign means "change by", but only on a gauge that is there and not 0: so -10 on a new one sets it.
    const isChange = before !== 0 && /^[+-]/.test(text);
    tally.gauges.set(key, isChange ? before + value : value);
    tally.gaugesTtl.set(key, gaugesMaxTTL);
  } else if (sample.kind === 'set') {
    const members = tally.sets.get(key) ?? new Set<string>();
    members.add(text === '' ? '0' : text);
    tally.sets.set(key, members);
  } else addCount(tally, key, value * (1 / rate));
}

export function addCount(tally: Tally, key: string, count: number): void {
  tally.counters.set(key, (tally.counters.get(key) ?? 0) + count);
}

/** After a flush: what is idle is sent as 0 from now on, or forgotten. */
export function resetTally(tally: Tally, config: StatsdConfig): void {
  const deletes = (own: boolean | undefined): boolean => own ?? config.deleteIdleStats;
  for (const key of tally.counters.keys())
    if (deletes(config.deleteCounters) && !isSelfCounter(key)) tally.counters.delete(key);
    else tally.counters.set(key, 0);

  if (deletes(config.deleteTimers)) tally.timers.clear();
  else for (const key of tally.timers.keys()) tally.timers.set(key, { values: [], events: 0 });

  if (deletes(config.deleteSets)) tally.sets.clear();
  else for (const key of tally.sets.keys()) tally.sets.set(key, new Set());

  if (deletes(config.deleteGauges))
    for (const [key, ttl] of tally.gaugesTtl) {
      if (ttl > 1) tally.gaugesTtl.set(key, ttl - 1);
      else {
        tally.gauges.delete(key);
        tally.gaugesTtl.delete(key);
      }
    }
}

/** The original keeps every key that contains one of these words. */
function isSelfCounter(key: string): boolean {
  return /packets_received|metrics_received|bad_lines_seen/.test(key);
}
