// Functions whose recording depends on the clock, fails, or is not there.

import { expect, test } from 'vitest';
import { NOW_S } from '../../tools/recorded-metrics.ts';
import { run, seriesOf } from './evaluate.ts';

test('verticalLine marks a moment of the graph, and refuses one outside', () => {
  const [line] = seriesOf('verticalLine("-2min","update","red")');
  expect(line).toMatchObject({ name: 'update', start: NOW_S - 120, end: NOW_S - 120, step: 1 });
  expect(run('verticalLine("-20min")')).toMatchObject({
    kind: 'refused',
    why: `verticalLine(): timestamp ${NOW_S - 1200} exists before start of range`,
  });
  expect(run('verticalLine("soon")').kind).toBe('refused');
});

test('groupByTags names its groups by their metric and tags', () => {
  const byTags = seriesOf('groupByTags(a.b.*,"sum","name")');
  expect(byTags.map(({ name }) => name)).toEqual(['a.b.c', 'a.b.d']);
  const [one] = seriesOf('groupByTags(a.b.*,"maxSeries","host")');
  expect(one).toMatchObject({
    name: 'maxSeries;host=',
    pathExpression: 'maxSeries;host=',
    tags: { name: 'maxSeries', host: '' },
  });
  expect(run('groupByTags(a.b.*,"nope","host")').kind).toBe('refused');
});

test('removeBetweenPercentile keeps who is at an edge at some moment, gaps or not', () => {
  expect(seriesOf('removeBetweenPercentile(a.b.*,90)').map(({ name }) => name)).toEqual([
    'a.b.c',
    'a.b.d',
  ]);
  expect(seriesOf('removeBetweenPercentile(no.such,90)')).toEqual([]);
});

test('areaBetween and holtWintersConfidenceArea want what makes one area', () => {
  expect(run('areaBetween(a.b.c)').kind).toBe('refused');
  expect(run('holtWintersConfidenceArea(a.b.*,3,"10min","5min")').kind).toBe('refused');
});

test('hitcount refuses to make too many intervals', () => {
  expect(run('hitcount(a.b.c,"0s")').kind).toBe('refused');
});

test('mapSeries and reduceSeries call a function for each group, and say what a group lacks', () => {
  const [percent] = seriesOf('reduceSeries(mapSeries(a.b.*,1),"asPercent",2,"c","d")');
  expect(percent?.name).toBe('a.b.reduce.asPercent');
  expect(percent?.values.at(-1)).toBe(10);
  expect(seriesOf('map(a.*.*,1)').map(({ name }) => name)).toEqual([
    'a.b.c',
    'a.b.d',
    'a.x.c',
    'a.x.e',
  ]);
  expect(run('reduce(map(a.*.*,1),"asPercent",2,"c","d")')).toMatchObject({
    kind: 'refused',
    why: 'reduceSeries found no series with the node "d" for a.x.reduce.asPercent',
  });
  expect(run('reduce(map(a.b.*,1),"nope",2,"c")').kind).toBe('refused');
});
