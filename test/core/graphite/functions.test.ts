import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatG, pythonNumber } from '../../../src/core/base/number.ts';
import { evaluate } from '../../../src/core/graphite/evaluate.ts';
import { makeFetchedSeries } from '../../../src/core/graphite/fetched-series.ts';
import { RENDER_FUNCTIONS } from '../../../src/core/graphite/functions/registry.ts';
import { parseTarget } from '../../../src/core/graphite/grammar.ts';
import type { Drawing, Series } from '../../../src/core/graphite/series.ts';
import { NOW_S } from '../../tools/recorded-metrics.ts';
import { CONTEXT, run, seriesOf } from './evaluate.ts';

// Recorded from graphite-web: every result series of a target, numbers with six digits.
const golden = readFileSync(
  new URL('../../golden/graphite/functions.txt', import.meta.url),
  'utf8',
);
/** The recording cuts longer lists after this many values. */
const SHOWN_VALUES = 14;

/** One series in the words of the recording. */
function shown(series: Series): string {
  const numbers = Array.from(series.values, (value) =>
    Number.isNaN(value) ? 'null' : formatG(value),
  );
  const values =
    numbers.length > SHOWN_VALUES
      ? `${numbers.slice(0, SHOWN_VALUES).join(',')}..(${numbers.length})`
      : numbers.join(',');
  const tags = Object.entries(series.tags).map(
    ([tag, value]) => `${quoted(tag)}: ${quoted(value)}`,
  );
  return `${quoted(series.name)} pe=${quoted(series.pathExpression)} st=${series.start - NOW_S} en=${series.end - NOW_S} step=${series.step} [${values}] tags={${tags.join(', ')}}${drawingText(series.drawing)}`;
}

// The recording shows options; a colour is none there.
function drawingText({ color: _, ...drawing }: Drawing = {}): string {
  const options = Object.entries(drawing).map(([name, value]) => {
    if (value === true) return `${quoted(name)}: True`;
    return `${quoted(name)}: ${pythonNumber(value, name === 'dashed' && Number.isInteger(value))}`;
  });
  return options.length === 0 ? '' : ` opt={${options.join(', ')}}`;
}

// Python prefers single quotes, and takes double ones around a text that has single ones in it.
function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

// Lines of one target stand together.
const recorded = new Map<string, string[]>();
for (const line of golden.split('\n')) {
  const found = line.startsWith('#') ? null : /^(.*?) +=> (.*)$/.exec(line);
  if (!found) continue;
  const [, target = '', result = ''] = found;
  const results = recorded.get(target) ?? [];
  if (result !== '[]') results.push(result);
  recorded.set(target, results);
}

/** Their answers depend on the clock of the recording or on dice. */
const NOT_COMPARED: readonly string[] = ['randomWalk', 'timeSlice', 'verticalLine', 'events'];

function namesIn(target: string): readonly string[] {
  return [...target.matchAll(/([A-Za-z]+)\(/g)].map((found) => found[1] ?? '');
}

const comparable = [...recorded].filter(
  ([target, results]) =>
    namesIn(target).every((name) => name in RENDER_FUNCTIONS && !NOT_COMPARED.includes(name)) &&
    !results.some((result) => result.startsWith('EXC') || result.startsWith('LIST')),
);

/** Targets of the recording that the functions offered here can answer. */
const COMPARED = 184;

test(`${COMPARED} recorded targets are compared`, () => expect(comparable.length).toBe(COMPARED));

test.each(comparable)('%s gives what graphite-web gives', (target, results) => {
  expect(seriesOf(target).map(shown)).toEqual(results);
});

test('an unknown function is refused by name', () => {
  expect(run('badfunc(a.b.c)')).toMatchObject({
    kind: 'refused',
    why: 'Received request for unknown function: badfunc',
  });
});

// What the recording shows as errors, as lists of lists, by its own clock or by dice.

test('map puts groups one after the other, where the original has a list of lists', () => {
  expect(seriesOf('map(a.*.*,2)').map(({ name }) => name)).toEqual([
    'a.b.c',
    'a.x.c',
    'a.b.d',
    'a.x.e',
  ]);
});

test('reduce says which series is missing, where the original fails', () => {
  expect(run('reduce(map(a.*.*,1),"asPercent",2,"c","d")')).toMatchObject({
    kind: 'refused',
    why: 'reduceSeries found no series with the node "d" for a.x.reduce.asPercent',
  });
  const [reduced, ...others] = seriesOf('reduce(map(a.b.*,1),"asPercent",2,"c","d")');
  expect(others).toEqual([]);
  expect(reduced?.name).toBe('a.b.reduce.asPercent');
  expect(Array.from(reduced?.values ?? [])).toEqual([10, NaN, ...Array<number>(7).fill(10)]);
});

test('removeBetweenPercentile passes gaps over, where the original fails', () => {
  const names = seriesOf('removeBetweenPercentile(a.b.*,90)').map(({ name }) => name);
  expect(names).toEqual(['a.b.c', 'a.b.d']);
});

test('a vertical line stands within the graph', () => {
  const [line] = seriesOf('verticalLine("-2min","l","red")');
  expect(line).toMatchObject({ name: 'l', start: NOW_S - 120, end: NOW_S - 120, step: 1 });
  expect(run('verticalLine("-2d")')).toMatchObject({
    why: `verticalLine(): timestamp ${NOW_S - 172_800} exists before start of range`,
  });
  expect(run('verticalLine("+1h")')).toMatchObject({
    why: `verticalLine(): timestamp ${NOW_S + 3600} exists after end of range`,
  });
});

test('a random walk begins at 0, has small steps and is the same again', () => {
  const [walk] = seriesOf('randomWalk("r")');
  expect(walk).toMatchObject({ name: 'r', start: NOW_S - 540, end: NOW_S, step: 60 });
  const values = Array.from(walk?.values ?? []);
  expect(values).toHaveLength(9);
  expect(values[0]).toBe(0);
  const steps = values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? NaN)));
  expect(Math.max(...steps)).toBeLessThanOrEqual(0.5);
  expect(seriesOf('randomWalkFunction("r")')).toEqual([walk]);
  expect(seriesOf('randomWalk("q")')[0]?.values).not.toEqual(walk?.values);
});

test('a share set by setXFilesFactor holds for what is computed after it', () => {
  const sums = seriesOf('group(sumSeries(a.x.*),sumSeries(setXFilesFactor(a.x.*,1)))');
  expect(sums.map(({ xFilesFactor }) => xFilesFactor)).toEqual([0, 1]);
});

test('stacks of other names grow beside each other', () => {
  const [first, second, third] = seriesOf(
    'group(stacked(a.b.c,"x"),stacked(a.b.c,"y"),stacked(a.b.c,"x"))',
  );
  expect(second?.values).toEqual(first?.values);
  expect(third?.values).toEqual(first?.values.map((value) => 2 * value));
});

test('periodic gaps are taken out, and a series with values between stays', () => {
  const parsed = parseTarget('compressPeriodicGaps(x)');
  if (!parsed.ok) throw new Error(parsed.why);
  const of = (values: readonly number[]): Series | undefined => {
    const slots = { start: 600, end: 600 + values.length * 60, step: 60 };
    const series = { path: 'x', ...slots, values: Float64Array.from(values) };
    const have = () => [makeFetchedSeries('x', series, 0)];
    const outcome = evaluate(parsed.value, { ...CONTEXT, have });
    return outcome.kind === 'done' ? outcome.series[0] : undefined;
  };
  expect(of([NaN, 1, NaN, NaN, 4, NaN, NaN, 7, NaN, NaN, NaN])).toMatchObject({
    name: 'compressPeriodicGaps(x)',
    start: 660,
    step: 180,
    values: Float64Array.of(1, 4, 7, NaN),
  });
  expect(of([1, NaN, 3, NaN, 5, 6])).toMatchObject({ start: 600, step: 60 });
});

test('groupByTags names its groups by their tags', () => {
  const names = seriesOf('groupByTags(a.*.*,"sum","host")').map(({ name }) => name);
  expect(names).toEqual(['sum;host=']);
});
