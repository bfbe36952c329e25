// Laws of computing with series, and cases that the recordings do not have.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consolidated } from '../../../src/core/graphite/consolidate.ts';
import { evaluate } from '../../../src/core/graphite/evaluate.ts';
import { RENDER_FUNCTIONS } from '../../../src/core/graphite/functions/registry.ts';
import { EXPRESSION_DEPTH_MAX, parseTarget } from '../../../src/core/graphite/grammar.ts';
import { SERIES_POINTS_MAX } from '../../../src/core/graphite/limits.ts';
import { fitToPoints } from '../../../src/core/graphite/max-data-points.ts';
import { nodeKey, tagsOf } from '../../../src/core/graphite/names.ts';
import { pythonRound } from '../../../src/core/graphite/rounding.ts';
import type { Series } from '../../../src/core/graphite/series.ts';
import { timesInTier } from '../../tools/tier.ts';
import { NOW_S } from '../../tools/recorded-metrics.ts';
import { CONTEXT, run, seriesOf } from './evaluate.ts';

const SEED = 20231114;
const RUNS = timesInTier(2000);
const CALLS = timesInTier(40_000);
/** The soak's calls take half a minute. */
const CALLS_MS_MAX = 180_000;
const TEXTS = timesInTier(40_000);

const gap = NaN;

function makeSeries(values: readonly number[], step = 1, start = 0): Series {
  return {
    name: 's',
    pathExpression: 's',
    start,
    end: start + values.length * step,
    step,
    values: Float64Array.from(values),
    whole: false,
    tags: { name: 's' },
    consolidation: 'sum',
    xFilesFactor: 0,
  };
}

const anySeries = fc
  .record({
    values: fc.array(fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(gap)), {
      minLength: 1,
      maxLength: 200,
    }),
    step: fc.integer({ min: 1, max: 60 }),
    slot: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ values, step, slot }) => makeSeries(values, step, slot * step));

const sumOf = (values: Float64Array): number =>
  values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);

describe('fewer points', () => {
  test('a sum of buckets is the sum of their values', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 50 }), (series, perPoint) => {
        const fewer = consolidated(series, perPoint);
        expect(fewer.length).toBe(Math.ceil(series.values.length / perPoint));
        expect(sumOf(fewer)).toBe(sumOf(series.values));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('a fitted series begins at a multiple of its step and has one point too many at most', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 2, max: 100 }), (series, pointsMax) => {
        const [fitted] = fitToPoints([series], pointsMax);
        if (!fitted) throw new Error('one series gives one series');
        if (series.values.length <= pointsMax) expect(fitted).toBe(series);
        else {
          expect(fitted.start % fitted.step).toBe(0);
          expect(fitted.values.length).toBeLessThanOrEqual(pointsMax + 1);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('a share of known values below the xFilesFactor makes a gap', () => {
    const series = { ...makeSeries([1, gap, gap, gap, 1, 1, 1, gap]), xFilesFactor: 0.5 };
    expect(consolidated(series, 4)).toEqual(Float64Array.of(gap, 3));
  });
});

describe('rounding as Python does', () => {
  test.each([
    [0.5, 0, 0],
    [1.5, 0, 2],
    [-2.5, 0, -2],
    [0.0078125, 6, 0.007812],
    [2.675, 2, 2.67],
    [1250, -2, 1200],
    [1e300, 2, 1e300],
  ])('%d to %d places is %d', (value, digits, expected) => {
    expect(pythonRound(value, digits)).toBe(expected);
  });

  test('apart from values in the middle, it is what toFixed shows', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), (value) => {
        expect(pythonRound(value, 6)).toBeCloseTo(Number(value.toFixed(6)), 9);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

describe('names', () => {
  test('tags are read when every part is one', () => {
    expect(tagsOf('disk.used;host=web1;mount=/a=b')).toEqual({
      name: 'disk.used',
      host: 'web1',
      mount: '/a=b',
    });
    expect(tagsOf('a;b')).toEqual({ name: 'a;b' });
  });

  test('a tag called __proto__ is a tag like any other', () => {
    expect(Object.entries(tagsOf('a;__proto__=x'))).toEqual([
      ['__proto__', 'x'],
      ['name', 'a'],
    ]);
  });

  test('a node is a place in the first path of a name, or a tag', () => {
    const series = { ...makeSeries([]), name: 'scale(x.y;host=w,2)', tags: { host: 'w' } };
    const key = nodeKey(series, [
      { kind: 'number', value: 1, whole: true },
      { kind: 'text', text: 'host' },
      { kind: 'text', text: 'constructor' },
    ]);
    expect(key).toBe('y.w.');
  });
});

describe('what is refused, and in which words', () => {
  test.each([
    ['scale(a.b.c)', 'scale needs a value for its parameter "factor"'],
    ['scale(a.b.c,"x")', 'scale: the parameter "factor" is of type float, and "x" is not'],
    ['scale(5,5)', 'scale: the parameter "seriesList" is of type seriesList, and 5 is not'],
    ['limit(a.b.c,1.5)', 'limit: the parameter "n" is of type integer, and 1.5 is not'],
    ['absolute(a.b.c,1)', 'absolute takes 1 arguments; 2 were given'],
    ['scale(a.b.c,factor=2,factor=3)', 'scale got its parameter "factor" twice'],
    ['scale(a.b.c,size=2)', 'scale has no parameter "size"'],
    ['movingAverage(a.b.c,"3m")', `movingAverage: Invalid offset unit 'm'`],
    ['aggregate(a.b.c,"middle")', 'Unsupported aggregation function: middle'],
    ['groupByNode(a.b.c,1,"alias")', 'Unsupported aggregation function: alias'],
    ['groupByNode(a.b.c,1,"constructor")', 'Unsupported aggregation function: constructor'],
    ['constructor(a.b.c)', 'Received request for unknown function: constructor'],
    ['consolidateBy(a.b.c,"most")', `Invalid consolidation function: 'most'`],
    [
      'divideSeries(a.b.c,a.b.*)',
      'divideSeries second argument must reference exactly 1 series (got 2)',
    ],
    [
      'countSeries(a.b.c,None)',
      'countSeries: the parameter "seriesLists" is of type seriesLists, and None is not',
    ],
    ['aliasQuery(a.b.c,"c","none","%d")', 'No series found with query: a.b.none'],
    ['aliasQuery(a.b.c,"c","d","%x")', '"%x" has "%x", which is no place for a number'],
  ])('%s', (target, why) => {
    expect(run(target)).toMatchObject({ kind: 'refused', why });
  });

  test('a target that makes more and more targets ends', () => {
    const target = 'applyByNode(a.b.c,0,"applyByNode(a.b.c,0,\'sumSeries(%.*.*)\')")';
    expect(run(target)).toMatchObject({ kind: 'done' });
  });

  test('a series of too many points', () => {
    const context = { ...CONTEXT, fromS: NOW_S - 60 * (SERIES_POINTS_MAX + 1) };
    expect(run('identity("x")', context)).toMatchObject({ kind: 'refused' });
  });

  test('the deepest target that can be read can be computed', () => {
    const depth = EXPRESSION_DEPTH_MAX - 1;
    const target = `${'absolute('.repeat(depth)}a.b.c${')'.repeat(depth)}`;
    expect(seriesOf(target)[0]?.values).toEqual(seriesOf('a.b.c')[0]?.values);
  });
});

describe('cases beside the recordings', () => {
  const valuesOf = (target: string): readonly (readonly number[])[] =>
    seriesOf(target).map((series) => [...series.values]);

  test('a slice of time keeps what lies in it', () => {
    const [series] = seriesOf('timeSlice(a.b.c,"-5min","-3min")');
    expect([...(series?.values ?? [])]).toEqual([gap, gap, gap, gap, 6, 7, 8, gap, gap]);
    expect(series?.name).toBe(`timeSlice(a.b.c, ${NOW_S - 300}, ${NOW_S - 180})`);
  });

  test('a gap that has no value before it is not filled', () => {
    expect(valuesOf('keepLastValue(z.last.v)')).toEqual([[gap, gap, gap, gap, gap, gap, 3, 1, 2]]);
    expect(valuesOf('interpolate(z.last.v)')).toEqual([[gap, gap, gap, gap, gap, gap, 3, 1, 2]]);
  });

  test('values that Python holds as ints are marked, and a mean of them is not', () => {
    expect(seriesOf('countSeries(a.b.*)')[0]?.whole).toBe(true);
    expect(seriesOf('sumSeries(isNonNull(a.b.*))')[0]?.whole).toBe(true);
    expect(seriesOf('averageSeries(isNonNull(a.b.*))')[0]?.whole).toBe(false);
    expect(seriesOf('scale(countSeries(a.b.*),2)')[0]?.whole).toBe(false);
  });

  test('a template fills paths and arguments, and the request has the last word', () => {
    const template = new Map([['x', 'x']]);
    const series = seriesOf('template(scale(a.$x.c,$k),x="b",k="2")', { ...CONTEXT, template });
    expect(series.map((one) => one.name)).toEqual(['scale(a.x.c,2)']);
  });

  test('all missing data of a target are asked for at once', () => {
    const parsed = parseTarget('sumSeries(a.b.c,group(a.x.*,a.b.c))');
    const outcome = parsed.ok ? evaluate(parsed.value, CONTEXT) : null;
    expect(outcome).toMatchObject({ kind: 'need' });
    const need = outcome?.kind === 'need' ? outcome.need : [];
    expect(need.map((one) => one.path)).toEqual(['a.b.c', 'a.x.*', 'a.b.c']);
    expect(need[0]).toEqual({ path: 'a.b.c', from: CONTEXT.fromS, until: CONTEXT.untilS });
  });
});

describe('whatever is asked, there is an answer and no exception', () => {
  const literal = fc.constantFrom(
    '1',
    '-1',
    '0',
    '2.5',
    '1e3',
    'inf',
    'None',
    'true',
    '"1min"',
    '"-1h"',
    '"sum"',
    '"max"',
    '"x"',
    '""',
    '"%d"',
    "'>'",
    '1000',
    '"days"',
    '"2015-01-01"',
  );
  const path = fc.constantFrom('a.b.c', 'a.*.*', 'cnt.one', 'e.mpty', 'nope', 'z.last.v');
  const name = fc.constantFrom(...Object.keys(RENDER_FUNCTIONS));
  const { call } = fc.letrec<{ call: string; argument: string }>((tie) => ({
    argument: fc.oneof({ depthSize: 'small' }, path, literal, tie('call')),
    call: fc
      .tuple(name, fc.oneof(path, tie('call')), fc.array(tie('argument'), { maxLength: 3 }))
      .map(([word, first, others]) => `${word}(${[first, ...others].join(',')})`),
  }));

  test(
    'calls of all functions with all kinds of arguments',
    () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(call, (target) => {
          const outcome = run(target);
          seen.add(outcome.kind);
          if (outcome.kind === 'done')
            for (const series of outcome.series) {
              expect(series.step).toBeGreaterThan(0);
              expect(series.values).toBeInstanceOf(Float64Array);
            }
        }),
        { seed: SEED, numRuns: CALLS },
      );
      expect(seen).toEqual(new Set(['done', 'refused']));
    },
    CALLS_MS_MAX,
  );

  test('any text at all', () => {
    const sign = fc.constantFrom(...'ab.,()|{}[]*"\'\\= 12-e;$é'.split(''));
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const parsed = parseTarget(signs.join(''));
        expect(parsed.ok || parsed.why !== '').toBe(true);
      }),
      { seed: SEED, numRuns: TEXTS },
    );
  });
});
