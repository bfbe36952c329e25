import { describe, expect, test } from 'vitest';
import { aggregationFor, readAggregations } from '../../../src/core/carbon/aggregation.ts';
import { parseIni } from '../../../src/core/carbon/ini.ts';
import { pythonPattern } from '../../../src/core/carbon/python-pattern.ts';
import { parseCarbonRetention, readSchemas, schemaFor } from '../../../src/core/carbon/schemas.ts';

describe('a configuration file', () => {
  test('is sections in order, keys in lower case, values that may go on', () => {
    const parsed = parseIni(
      '# head\n[one]\nPattern = ^a%%\n; note\nkey: x = y\n  more\n\n[two]\nempty =\n',
      'f.conf',
    );
    const sections = parsed.ok ? parsed.value : [];
    expect(sections.map(({ name, line }) => [name, line])).toEqual([
      ['one', 2],
      ['two', 8],
    ]);
    expect([...(sections[0]?.entries ?? [])]).toEqual([
      ['pattern', { value: '^a%', line: 3 }],
      ['key', { value: 'x = y\nmore', line: 5 }],
    ]);
    expect(sections[1]?.entries.get('empty')).toEqual({ value: '', line: 9 });
  });

  test.each([
    ['key = 1', 'f.conf line 1: a [section] must come first, but it says "key = 1".'],
    ['[a]\nword', 'f.conf line 2: a key and "=" are expected, but it says "word".'],
    ['[a]\nx=1\nX=2', 'f.conf line 3: the key "x" was already given on line 2, but it says "X=2".'],
    ['[a]\n[b]\n[a]', 'f.conf line 3: the section was already begun on line 1, but it says "[a]".'],
    ['[a]\nx=%(y)s', 'f.conf line 2: a "%(name)s" is not filled in here, but it says "x=%(y)s".'],
  ])('%j is refused with its line', (text, why) => {
    expect(parseIni(text, 'f.conf')).toEqual({ ok: false, why });
  });
});

describe('a Python pattern', () => {
  test.each([
    ['^carbon\\.', 'carbon.agents', true],
    ['^carbon\\.', 'x.carbon.', false],
    ['\\.count$', 'a.count', true],
    ['\\A(?P<host>\\w+)\\.(?P=host)\\Z', 'web.web', true],
    ['\\A(?P<host>\\w+)\\.(?P=host)\\Z', 'web.db', false],
    ['(?i)^WEB', 'web1', true],
    ['^[\\w-]+$', 'web-1', true],
    ['^[\\w\\-.]+$', 'web-1.é', true],
    ['^\\d{2,}$', '123', true],
    ['^\\d{,2}$', '123', false],
    ['^{a}$', '{a}', true],
    ['^a\\-b\\_c\\/d$', 'a-b_c/d', true],
    ['^[]x[]+$', '][x', true],
    ['^[^]x]$', 'y', true],
    ['a(?#note)b', 'ab', true],
    ['^(?:a|b)(?=c)', 'bc', true],
    ['(?<!x)y', 'xy', false],
    ['\\x41\\u0042', 'AB', true],
    ['^a.c$', 'a😀c', true],
    ['(?s)a.b', 'a\nb', true],
    ['\\bweb\\b', 'a.web.é', true],
    ['^\\b', 'é', true],
    ['\\Bb', 'éb', true],
    ['.*', '', true],
  ])('%j searched in %j: %s', (source, name, found) => {
    const pattern = pythonPattern(source);
    expect(pattern.ok ? pattern.value.test(name) : pattern.why).toBe(found);
  });

  test.each([
    ['[a', 'The pattern "[a" cannot be used: a set that begins with "[" has no "]".'],
    ['a++b', 'The pattern "a++b" cannot be used: "++" (possessive) has no equal here.'],
    ['(?>a)', 'The pattern "(?>a)" cannot be used: "(?>a" has no equal here.'],
    ['(?x)a', 'The pattern "(?x)a" cannot be used: "(?x)" has no equal here.'],
    ['\\q', 'The pattern "\\q" cannot be used: "\\q" is no escape that is known here.'],
    ['(a', 'The pattern "(a" is not a regular expression: Unterminated group.'],
    ['*a', 'The pattern "*a" is not a regular expression: Nothing to repeat.'],
  ])('%j is refused in a sentence', (source, why) => {
    expect(pythonPattern(source)).toEqual({ ok: false, why });
  });
});

describe('storage-schemas.conf', () => {
  const EXAMPLE = `
# Carbon's own
[carbon]
pattern = ^carbon\\.
retentions = 60:90d

[default]
pattern = .*
retentions = 60s:1d,5m:30d,1h:3y
`;

  test('gives the first schema whose pattern is found', () => {
    const schemas = readSchemas(EXAMPLE);
    if (!schemas.ok) throw new Error(schemas.why);
    expect(schemas.value.warnings).toEqual([]);
    expect(pairs(schemaFor(schemas.value, 'carbon.agents.x').archives)).toEqual([[60, 129600]]);
    expect(schemaFor(schemas.value, 'servers.web1').name).toBe('default');
    expect(pairs(schemaFor(schemas.value, 'servers.web1').archives)).toEqual([
      [60, 1440],
      [300, 8640],
      [3600, 26280],
    ]);
  });

  test('where nothing fits there is one point a minute for seven days', () => {
    const schemas = readSchemas('[x]\npattern = ^x$\nretentions = 1s:1h\n');
    if (!schemas.ok) throw new Error(schemas.why);
    expect(pairs(schemaFor(schemas.value, 'y').archives)).toEqual([[60, 10080]]);
  });

  test('skips sections that lack something, and says which', () => {
    const schemas = readSchemas(
      '[a]\npattern = a\n[b]\nretentions = 1s:1h\n[c]\npattern = c\nretentions = 60:10,90:100\n',
    );
    if (!schemas.ok) throw new Error(schemas.why);
    expect(schemas.value.list).toHaveLength(1);
    expect(schemas.value.warnings).toEqual([
      "Schema a missing 'retentions', skipping",
      "Schema b missing 'pattern', skipping",
      "Invalid schemas found in c: Higher precision archives' precision must evenly divide all lower precision archives' precision (archive0: 60, archive1: 90)",
    ]);
  });

  test('with an unreadable retention stops the start', () => {
    expect(readSchemas('[a]\npattern = a\nretentions = 10X:1d\n')).toEqual({
      ok: false,
      why: "Invalid precision specification '10X' in section [a] in storage-schemas.conf",
    });
  });

  test.each([
    ['60:10', [60, 10]],
    ['10:60', [10, 60]],
    [' 10s:10h', [10, 3600]],
    ['1m:1y', [60, 525600]],
    ['10min:1d', "Invalid unit 'min'"],
    ['10x:1d', "Invalid unit 'x'"],
    ['10X:1d', "Invalid precision specification '10X'"],
    ['10:10$', "Invalid retention specification '10$'"],
    ['10', "Invalid retention definition '10'"],
  ])('reads the retention %j as carbon does', (text, expected) => {
    const parsed = parseCarbonRetention(text);
    expect(parsed.ok ? pairs([parsed.value])[0] : parsed.why).toEqual(expected);
  });
});

describe('storage-aggregation.conf', () => {
  test('gives the first rule whose pattern is found, each part of which may be missing', () => {
    const read = readAggregations(
      '[min]\npattern = \\.min$\nxFilesFactor = 0.1\naggregationMethod = min\n' +
        '[sum]\npattern = \\.count$\naggregationMethod = sum\n',
    );
    if (!read.ok) throw new Error(read.why);
    const rule = (metric: string): unknown => {
      const { name, xFilesFactor, method } = aggregationFor(read.value, metric);
      return [name, xFilesFactor, method];
    };
    expect(rule('a.min')).toEqual(['min', 0.1, 'min']);
    expect(rule('a.count')).toEqual(['sum', null, 'sum']);
    expect(rule('a.mean')).toEqual(['default', null, null]);
  });

  test('may be missing', () => {
    const read = readAggregations(null);
    expect(read.ok && read.value.list).toHaveLength(1);
  });

  test('skips what carbon skips, and refuses what stops carbon', () => {
    const read = readAggregations('[a]\npattern = a\nxFilesFactor = x\n[b]\nxFilesFactor = 1\n');
    expect(read.ok && read.value.warnings).toEqual([
      'Invalid schemas found in a.',
      "Section missing 'pattern': b",
    ]);
    expect(readAggregations('[a]\npattern = a\nxFilesFactor = 2\n')).toEqual({
      ok: false,
      why: 'xFilesFactor must be from 0 to 1, not 2 in section [a] in storage-aggregation.conf',
    });
    expect(readAggregations('[a]\npattern = a\naggregationMethod = foo\n')).toEqual({
      ok: false,
      why: 'Unrecognized aggregation method: foo in section [a] in storage-aggregation.conf',
    });
  });
});

function pairs(shapes: readonly { secondsPerPoint: number; points: number }[]): number[][] {
  return shapes.map(({ secondsPerPoint, points }) => [secondsPerPoint, points]);
}
