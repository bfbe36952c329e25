// Pictures of series: what their SVG says, to eyes and to screen readers.

import { describe, expect, it, test } from 'vitest';
import { lineGraph } from '../../../src/core/graph/line-graph.ts';
import { readGraphOptions, type GraphOptions } from '../../../src/core/graph/options.ts';
import { pieGraph } from '../../../src/core/graph/pie-graph.ts';
import { makeValueScale, strftime, timeTicks, valueLabel } from '../../../src/core/graph/scale.ts';
import { utc } from '../../../src/core/time/zone.ts';
import { seriesOf } from '../graphite/evaluate.ts';
import { NOW_S } from '../../tools/recorded-metrics.ts';

function optionsOf(parameters: Readonly<Record<string, string>> = {}): GraphOptions {
  const options = readGraphOptions((name) => parameters[name] ?? null);
  if (!options.ok) throw new Error(options.why);
  return options.value;
}

const TIME = { fromS: NOW_S - 540, untilS: NOW_S, offsetAt: utc };

function graph(target: string, parameters: Readonly<Record<string, string>> = {}): string {
  return lineGraph(seriesOf(target), TIME, optionsOf(parameters));
}

/** The paths of the plot, by their letters: M moves, L draws, Z closes an area. */
function paths(svg: string): readonly string[] {
  return [...svg.matchAll(/<path d="([^"]*)"/g)].map((found) => found[1] ?? '');
}

const letters = (path: string): string => path.replaceAll(/[^A-Za-z]/g, '');

describe('lines', () => {
  it('has its size, a title and a description for who cannot see it', () => {
    const svg = graph('a.b.*', { width: '400', height: '200', title: 'Load <of> two' });
    expect(svg).toContain('width="400" height="200" viewBox="0 0 400 200" role="img"');
    expect(svg).toContain('<title id="title">Load &lt;of&gt; two</title>');
    expect(svg).toContain('a.b.c: from 2 to 10, last 10; a.b.d: from 20 to 100, last 100');
    expect(svg).toContain('2 series from 2023-11-14 22:05:00 to 2023-11-14 22:14:00');
  });

  it('a gap ends a line, and connected lines cross it up to their limit', () => {
    const [slope = ''] = paths(graph('a.b.d'));
    expect(letters(slope)).toBe('MhMLLLLLL');
    expect(letters(paths(graph('a.b.d', { lineMode: 'connected' }))[0] ?? '')).toBe('MLLLLLLL');
    const short = { lineMode: 'connected', connectedLimit: '0' };
    expect(letters(paths(graph('a.b.d', short))[0] ?? '')).toBe('MhMLLLLLL');
    const zero = paths(graph('a.b.d', { drawNullAsZero: 'true' }))[0] ?? '';
    expect(letters(zero)).toBe('MLLLLLLLL');
  });

  it('a staircase goes level and then upright', () => {
    expect(letters(paths(graph('a.b.c', { lineMode: 'staircase' }))[0] ?? '')).toBe(
      'MHVHVHVHVHVHVHVHV',
    );
  });

  it('areas stand on 0, stacked ones on each other', () => {
    const all = graph('a.b.*', { areaMode: 'all', areaAlpha: '0.5' });
    expect(paths(all)).toHaveLength(4);
    expect(all.match(/fill-opacity="0.5"/g)).toHaveLength(2);
    const stacked = graph('group(a.b.c,a.b.c)', { areaMode: 'stacked' });
    expect(stacked).toContain('>20<');
    expect(paths(graph('a.b.*', { areaMode: 'first' }))).toHaveLength(3);
  });

  it('functions that are about pictures are seen in it', () => {
    const svg = graph(
      'group(color(a.b.c,"red"),dashed(a.b.c,7),lineWidth(alpha(a.b.c,0.25),4),secondYAxis(a.b.d))',
    );
    expect(svg).toContain('stroke="#c80032"');
    expect(svg).toContain('stroke-dasharray="7"');
    expect(svg).toContain('stroke-width="4"');
    expect(svg).toContain('stroke-opacity="0.25"');
    // The second axis has its own numbers, at the right.
    expect(svg).toMatch(/text-anchor="start">100</);
    expect(letters(paths(graph('drawAsInfinite(a.b.c)'))[0] ?? '')).toBe('MV'.repeat(9));
    expect(paths(graph('areaBetween(group(a.b.c,a.b.d))'))).toHaveLength(2);
  });

  it('the legend has every name once it is asked to, and gives way to many series', () => {
    expect(graph('a.b.c')).toContain('>a.b.c</text>');
    expect(graph('a.b.c', { hideLegend: 'true' })).not.toContain('>a.b.c</text>');
    const many = `group(${Array.from({ length: 11 }, () => 'a.b.c').join(',')})`;
    expect(graph(many)).not.toContain('>a.b.c</text>');
    expect(
      graph(many, { hideLegend: 'false', uniqueLegend: 'true' }).match(/>a\.b\.c<\/text>/g),
    ).toHaveLength(1);
    expect(graph(many, { hideLegend: 'false', height: '60' })).toMatch(/and \d+ more/);
  });

  it('without series there is a word instead of a picture', () => {
    expect(lineGraph([], TIME, optionsOf())).toContain('>No Data</text>');
    expect(graph('a.b.c', { graphOnly: 'true' })).not.toContain('<text');
  });

  it('names cannot bring elements into the picture', () => {
    const svg = graph('alias(a.b.c,"<script>alert(1)</script>\u0000")');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;script&gt;');
  });
});

describe('options', () => {
  test.each([
    [{ width: '99999' }, 'width must be from 1 to 4000, not 99999'],
    [{ fontSize: 'big' }, "fontSize must be a number, not 'big'"],
    [
      { bgcolor: 'x"/><script>' },
      "bgcolor must be a colour like red or 0069c1, not 'x\"/><script>'",
    ],
    [{ colorList: 'red,nope' }, "colorList has 'nope', which is no colour"],
    [{ lineMode: 'curly' }, "lineMode must be one of slope, staircase, connected, not 'curly'"],
    [{ logBase: '1' }, 'logBase must be more than 1, not 1'],
    [{ yUnitSystem: 'x' }, "There is no yUnitSystem 'x'"],
  ])('%j is refused in words', (parameters, why) => {
    expect(
      readGraphOptions((name) => (parameters as Record<string, string>)[name] ?? null),
    ).toEqual({
      ok: false,
      why,
    });
  });

  it('what is empty or called default is left at its own', () => {
    expect(optionsOf({ width: '', bgcolor: 'default' })).toEqual(optionsOf());
    expect(optionsOf({ colorList: 'red, #00FF00,0069c1' }).colors).toEqual([
      '#c80032',
      '#00ff00',
      '#0069c1',
    ]);
    expect(optionsOf({ yMin: '1', yMaxLeft: 'max', yMinRight: '2' })).toMatchObject({
      left: { min: 1, max: 'max' },
      right: { min: 2, max: null },
    });
  });
});

describe('scales', () => {
  const scale = (low: number, high: number, more: object = {}, logBase = 0): readonly string[] =>
    makeValueScale(low, high, 5, { ...optionsOf().left, ...more }, 'si', logBase).ticks.map(
      ({ label }) => label,
    );

  test.each<readonly [readonly string[], readonly string[]]>([
    [scale(0, 10), ['0', '2', '4', '6', '8', '10']],
    [scale(0.011, 0.049), ['0.01', '0.02', '0.03', '0.04', '0.05']],
    [scale(-3, 7), ['-4', '-2', '0', '2', '4', '6', '8']],
    [scale(5, 5), ['2', '3', '4', '5', '6', '7', '8']],
    [scale(0, 1_500_000), ['0', '500k', '1M', '1.5M']],
    [scale(0, 10, { min: 5, max: 8, step: 1 }), ['5', '6', '7', '8']],
    [scale(0, 1000, { limit: 10 }), ['0', '2', '4', '6', '8', '10']],
    [scale(1, 1000, {}, 10), ['1', '10', '100', '1k']],
    [scale(0, 1000, {}, 10), ['1', '10', '100', '1k']],
  ])('%j', (labels, expected) => expect(labels).toEqual(expected));

  it('a logarithm has no place for 0 and less', () => {
    const log = makeValueScale(1, 100, 5, optionsOf().left, 'si', 10);
    expect([log.place(0), log.place(-1), log.place(10)]).toEqual([null, null, 0.5]);
  });

  it('units have their letters', () => {
    expect(valueLabel(2048, 'binary')).toBe('2Ki');
    expect(valueLabel(7200, 'sec')).toBe('2H');
    expect(valueLabel(-0, 'none')).toBe('0');
  });

  it('times stand at whole minutes, hours and days of the wall', () => {
    const from = 1_700_000_040;
    const labels = (length: number, count: number, offset = 0, format: string | null = null) =>
      timeTicks(from, from + length, count, () => offset, format).map(({ label }) => label);
    expect(labels(600, 5)).toEqual(['22:14', '22:16', '22:18', '22:20', '22:22', '22:24']);
    expect(labels(86_400, 4)).toEqual(['00:00', '06:00', '12:00', '18:00']);
    expect(labels(86_400, 4, 3600)).toEqual(['00:00', '06:00', '12:00', '18:00']);
    expect(labels(7 * 86_400, 7)).toHaveLength(7);
    expect(labels(7 * 86_400, 7, 0, '%a %d')[0]).toBe('Wed 15');
    expect(labels(30, 5)).toHaveLength(4);
  });

  it('strftime knows what graphs ask for, and leaves the rest', () => {
    expect(strftime(1_700_000_040, '%Y-%m-%d %H:%M:%S %a %b %y %I%p %% %Q')).toBe(
      '2023-11-14 22:14:00 Tue Nov 23 10PM % %Q',
    );
  });
});

describe('pies', () => {
  const slices = [
    { name: 'disk', value: 75, color: null },
    { name: 'free', value: 25, color: '#123456' },
    { name: 'nothing', value: 0, color: null },
  ];

  it('has a slice for each share, in words too', () => {
    const svg = pieGraph(slices, optionsOf({ title: 'Disk' }));
    expect(svg).toContain('<title id="title">Disk</title>');
    expect(svg).toContain('disk: 75, 75.0 %; free: 25, 25.0 %');
    expect(paths(svg)).toHaveLength(2);
    expect(svg).toContain('>75 %</text>');
    expect(pieGraph(slices, optionsOf({ valueLabels: 'number' }))).toContain('>75</text>');
    expect(pieGraph(slices, optionsOf({ valueLabelsMin: '50' }))).not.toContain('>25 %</text>');
  });

  it('one share is the whole circle, and none is no pie', () => {
    const [whole = ''] = paths(pieGraph(slices.slice(0, 1), optionsOf()));
    expect(letters(whole)).toBe('MLAZMLAZ');
    expect(pieGraph([], optionsOf())).toContain('>No Data</text>');
  });
});
