// What one flush sends, and what it leaves behind. Whole flushes of the real program are in transcript.test.ts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATSD_DEFAULTS, type StatsdConfig } from '../../../src/core/statsd/config.ts';
import {
  flushPoints,
  inKeyOrder,
  flushText,
  type FlushFacts,
} from '../../../src/core/statsd/flush.ts';
import { parsePacket } from '../../../src/core/statsd/packet.ts';
import { addSample, makeTally, resetTally, type Tally } from '../../../src/core/statsd/tally.ts';

const SEED = 8126;
const RUNS = 300;
const TIME_S = 1795477241;
const FACTS: FlushFacts = {
  elapsedMs: () => 1,
  lastExceptionS: 0,
  lastFlushS: 1795477240,
  flushTimeMs: 5,
  flushLength: 670,
};
const CONFIG: StatsdConfig = {
  ...STATSD_DEFAULTS,
  strict: true,
  flushIntervalMs: 1000,
  percentThreshold: [90, -20, 99.9],
  histogram: [{ metric: '', bins: [10, 20.5, 'inf'] }],
};
const PACKET = [
  'c1:3|c|@0.1',
  'foo:1|c',
  'x:1|h',
  'y:2|m',
  'multi:1|c:2|c:3|ms',
  'sp:1|c',
  'r:1|c|@2e-1',
  'a b/c é!:1|c',
  'tag;z=1;a=2:1|c',
  'tag2:2|c|#b:1,a:2:3,c',
  'zero:1|c|@0',
  ':1|c',
  'kx:1|',
  'crlf:1|c\r',
  '10:1|c',
  '2:1|c',
  't1:1|ms|@0.5:30|ms:2|ms:4|ms:3|ms',
  'negs:-5|ms ',
  'g1:-3|g',
  'g2:0|g:-7|g',
  'g3:10|g:+6|g',
  'g4:Infinity|g',
  'st:a|s:b|s:a|s:|s',
].join('\n');

describe('a flush', () => {
  test('ends each line with the time and a newline', () => {
    const text = flushText(makeTally('statsd'), CONFIG, TIME_S, FACTS);
    expect(text.split(/(?<=\n)/).slice(0, 2)).toEqual([
      `stats.statsd.bad_lines_seen 0 ${TIME_S}\n`,
      `stats_counts.statsd.bad_lines_seen 0 ${TIME_S}\n`,
    ]);
    const points = flushPoints(makeTally('statsd'), CONFIG, TIME_S, FACTS);
    expect(points.map(({ path, value, time }) => `${path} ${value} ${time}\n`).join('')).toBe(text);
  });

  test('uses the new names, prefixes and the suffix, tags at the very end', () => {
    const config: StatsdConfig = {
      ...CONFIG,
      percentThreshold: [],
      histogram: [],
      calculatedTimerMetrics: ['mean'],
      namespace: { ...CONFIG.namespace, legacy: false, prefixSet: '', globalSuffix: 'h1' },
    };
    const tally = fill('foo;a=1:5|c\nt;b=2:4|ms\ng:1|g\ns:x|s', config);
    expect(linesOf(tally, config).slice(6)).toEqual([
      'stats.counters.foo.rate.h1;a=1 5',
      'stats.counters.foo.count.h1;a=1 5',
      'stats.timers.t.mean.h1;b=2 4',
      'stats.gauges.g.h1 1',
      'stats.s.count.h1 1',
      'stats.statsd.numStats.h1 7',
      'stats.statsd.graphiteStats.calculationtime.h1 1',
      'stats.statsd.processing_time.h1 1',
      'stats.statsd.graphiteStats.last_exception.h1 0',
      'stats.statsd.graphiteStats.last_flush.h1 1795477240',
      'stats.statsd.graphiteStats.flush_time.h1 5',
      'stats.statsd.graphiteStats.flush_length.h1 670',
    ]);
  });

  test('without flushCounts sends only rates, per second', () => {
    const config = { ...STATSD_DEFAULTS, flushCounts: false };
    expect(linesOf(fill('a:5|c', config), config)).toContain('stats.a 0.5');
    expect(linesOf(fill('a:5|c', config), config).join()).not.toContain('stats_counts');
  });

  test('makes raw keys safe, but not their tags', () => {
    const config = { ...CONFIG, keyNameSanitize: false };
    expect(linesOf(fill('a b/é;x=é y:1|g', config), config)).toContain('stats.gauges.a_b-;x=é y 1');
  });

  test('takes all values for a percentile of the largest where that is all of them', () => {
    const config = { ...CONFIG, strict: false, percentThreshold: [-90, 0], histogram: [] };
    expect(linesOf(fill('t:1|ms:3|ms', config), config).slice(6, 11)).toEqual([
      'stats.timers.t.count_top90 2',
      'stats.timers.t.mean_top90 2',
      'stats.timers.t.lower_top90 1',
      'stats.timers.t.sum_top90 4',
      'stats.timers.t.sum_squares_top90 10',
    ]);
  });

  test('has the NaN of the real program there only when it is strict', () => {
    const config = { ...CONFIG, percentThreshold: [-90], histogram: [] };
    expect(linesOf(fill('t:1|ms:3|ms', config), config).slice(6, 11)).toEqual([
      'stats.timers.t.count_top90 2',
      'stats.timers.t.mean_top90 NaN',
      'stats.timers.t.lower_top90 1',
      'stats.timers.t.sum_top90 NaN',
      'stats.timers.t.sum_squares_top90 NaN',
    ]);
  });

  test('leaves out a sum that is too large for a number, unless it is strict', () => {
    const packet = 'a:1e308|c:1e308|c';
    expect(linesOf(fill(packet, CONFIG), CONFIG)).toContain('stats_counts.a Infinity');
    const config = { ...CONFIG, strict: false };
    expect(linesOf(fill(packet, config), config).join()).not.toContain('stats_counts.a ');
  });

  test('sends only the timer statistics that are asked for', () => {
    const config = { ...CONFIG, calculatedTimerMetrics: ['upper_percent', 'count', 'histogram'] };
    const timers = linesOf(fill('t:1|ms:3|ms', config), config).filter((line) =>
      line.includes('.t.'),
    );
    expect(timers).toEqual([
      'stats.timers.t.upper_90 3',
      'stats.timers.t.count 2',
      'stats.timers.t.histogram.bin_10 2',
      'stats.timers.t.histogram.bin_20_5 0',
      'stats.timers.t.histogram.bin_inf 0',
    ]);
  });

  test(`has percentiles that are those of the sorted values (seed ${SEED})`, () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: -100, max: 100 }), (list, percent) => {
        const config = { ...CONFIG, strict: false, percentThreshold: [percent], histogram: [] };
        const tally = fill(`t:${list.map((value) => `${value}|ms`).join(':')}`, config);
        const found = new Map(
          linesOf(tally, config).map((line) => line.split(' ') as [string, string]),
        );
        const get = (name: string): number => Number(found.get(`stats.timers.t.${name}`));
        const sorted = list.toSorted((a, b) => a - b);
        const covered = list.length === 1 ? 1 : Math.round((Math.abs(percent) / 100) * list.length);
        const part = percent > 0 ? sorted.slice(0, covered) : sorted.slice(list.length - covered);
        const name = String(percent).replace('-', 'top');
        expect(found.has(`stats.timers.t.count_${name}`)).toBe(covered > 0);
        if (covered > 0) {
          const sum = part.reduce((total, value) => total + value, 0);
          expect(get(`sum_${name}`)).toBe(sum);
          expect(get(`mean_${name}`)).toBe(sum / covered);
          expect(get(percent > 0 ? `upper_${name}` : `lower_${name}`)).toBe(
            percent > 0 ? part.at(-1) : part[0],
          );
        }
        expect(get('lower')).toBe(sorted[0]);
        expect(get('upper')).toBe(sorted.at(-1));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe('after a flush', () => {
  test('counters, timers and sets go on with nothing, gauges as they were', () => {
    const tally = makeFilled(CONFIG);
    resetTally(tally, CONFIG);
    const lines = linesOf(tally, CONFIG);
    expect(lines).toContain('stats.c1 0');
    expect(lines.filter((line) => line.includes('.t1.'))).toEqual([
      'stats.timers.t1.count_ps 0',
      'stats.timers.t1.count 0',
    ]);
    expect(lines).toContain('stats.gauges.g3 16');
    expect(lines).toContain('stats.sets.st.count 0');
  });

  test('idle keys are forgotten where that is asked for, but never its own counters', () => {
    const config: StatsdConfig = {
      ...CONFIG,
      deleteCounters: true,
      deleteTimers: true,
      deleteSets: true,
      deleteGauges: true,
    };
    const tally = makeFilled(config);
    resetTally(tally, config);
    const names = linesOf(tally, config).map((line) => line.split(' ')[0]);
    expect(names.slice(0, 7)).toEqual([
      'stats.statsd.bad_lines_seen',
      'stats_counts.statsd.bad_lines_seen',
      'stats.statsd.packets_received',
      'stats_counts.statsd.packets_received',
      'stats.statsd.metrics_received',
      'stats_counts.statsd.metrics_received',
      'statsd.numStats',
    ]);
  });

  test('a gauge lives for as many flushes without news as it may', () => {
    const config = { ...CONFIG, deleteGauges: true, gaugesMaxTTL: 2 };
    const tally = fill('g:5|g', config);
    const isThere = (): boolean => linesOf(tally, config).includes('stats.gauges.g 5');
    expect(isThere()).toBe(true);
    resetTally(tally, config);
    expect(isThere()).toBe(true);
    resetTally(tally, config);
    expect(isThere()).toBe(false);
  });
});

test('a counter that is no number any more begins again at the next sample', () => {
  const lines = linesOf(fill('n:Infinity|c\nn:-Infinity|c\nn:3|c', CONFIG), CONFIG);
  expect(lines).toContain('stats_counts.n 3');
});

test('keys stand in the order of a JavaScript object', () => {
  const keys = ['b', '10', '007', '2', 'a', '4294967294', '4294967295', '-1', '0'];
  const object = Object.fromEntries(keys.map((key) => [key, 1]));
  expect([...inKeyOrder(new Map(keys.map((key) => [key, 1])))].map(([key]) => key)).toEqual(
    Object.keys(object),
  );
});

function makeFilled(config: StatsdConfig): Tally {
  return fill(PACKET, config);
}

function fill(packet: string, config: StatsdConfig): Tally {
  const tally = makeTally(config.prefixStats);
  const parsed = parsePacket(packet, config);
  expect(parsed.bad).toEqual([]);
  for (const sample of parsed.samples) expect(addSample(tally, sample, config)).toBe(null);
  return tally;
}

/** Without the time at the end. */
function linesOf(tally: Tally, config: StatsdConfig): string[] {
  return flushText(tally, config, TIME_S, FACTS)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
}
