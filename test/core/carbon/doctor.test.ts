import { describe, expect, test } from 'vitest';
import { readAggregations } from '../../../src/core/carbon/aggregation.ts';
import { reportLines } from '../../../src/core/carbon/doctor-report.ts';
import { diagnose, metricOf, type Finding, type Rules } from '../../../src/core/carbon/doctor.ts';
import { readSchemas } from '../../../src/core/carbon/schemas.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { parseRetentions } from '../../../src/core/whisper/retention.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from '../../tools/memory-files.ts';

const NOW = 1_700_000_040;
const SCHEMAS = '[stats]\npattern = ^stats\\.\nretentions = 10s:10m,1m:2h\n';
const AGGREGATIONS = '[counts]\npattern = \\.count$\nxFilesFactor = 0.1\naggregationMethod = sum\n';

function rules(more: Partial<Rules> = {}): Rules {
  const schemas = readSchemas(SCHEMAS);
  const aggregations = readAggregations(AGGREGATIONS);
  if (!schemas.ok || !aggregations.ok) throw new Error('The configuration is wrong.');
  return {
    schemas: schemas.value,
    aggregations: aggregations.value,
    intervalS: null,
    now: NOW,
    ...more,
  };
}

function makeFile(
  retentions = '10s:10m 1m:2h',
  rollup: { method: string; xFilesFactor: number } = { method: 'average', xFilesFactor: 0.5 },
): Whisper {
  const files = makeMemoryFiles();
  const shapes = parseRetentions(retentions.split(' '));
  if (!shapes.ok) throw new Error(shapes.why);
  createWhisper(files, 'm.wsp', shapes.value, rollup);
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || opened.value === null) throw new Error('The file did not open.');
  return opened.value;
}

function send(whisper: Whisper, everyS: number, endS = NOW): Whisper {
  const points = Array.from({ length: 600 / everyS }, (_, i) => ({
    time: endS - i * everyS,
    value: 1,
  }));
  updateMany(whisper, points, endS);
  return whisper;
}

const kinds = (findings: readonly Finding[]): readonly string[] => findings.map(({ kind }) => kind);

describe('the doctor', () => {
  test.each([
    ['is as configured', makeFile(), 'stats.a'],
    ['is as configured, and full', send(makeFile(), 10), 'stats.a'],
    [
      'has a factor that float32 cannot hold exactly',
      makeFile('10s:10m 1m:2h', { method: 'sum', xFilesFactor: 0.1 }),
      'stats.count',
    ],
    ['fits no section, and has what Carbon takes then', makeFile('1m:1w'), 'other'],
    ['was left by its sender long ago', send(makeFile(), 30, NOW - 7000), 'stats.a'],
  ])('finds nothing in a file that %s', (_, whisper, metric) => {
    expect(diagnose(whisper, metric, rules())).toEqual([]);
  });

  test('says which archives a file has, which it should have, and the command for that', () => {
    expect(diagnose(makeFile('1m:1h'), 'stats.a', rules())).toEqual([
      {
        kind: 'archives',
        what: 'has 1m:1h, and [stats] of storage-schemas.conf says 10s:10m,1m:2h',
        remedy: ['resize', '--aggregate', 'PATH', '10s:10m', '1m:2h'],
      },
    ]);
  });

  test('says which method and factor a file has, and which it should have', () => {
    expect(diagnose(makeFile(), 'stats.count', rules())).toEqual([
      {
        kind: 'rollup',
        what: 'has average with xFilesFactor 0.5, and [counts] of storage-aggregation.conf says sum with 0.1',
        remedy: ['set-aggregation-method', 'PATH', 'sum', '0.1'],
      },
    ]);
  });

  test('sees that points come too rarely for the factor, and offers one that they reach', () => {
    const [finding, ...more] = diagnose(send(makeFile(), 30), 'stats.a', rules());
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ kind: 'rare', remedy: ['set-xfilesfactor', 'PATH', '0.33'] });
    expect(finding?.what).toContain(
      'at most 2 of 6 slots of 10 s are known, and xFilesFactor 0.5 needs 3',
    );
    // With the factor on offer, the same sender is fine.
    const offered = makeFile('10s:10m 1m:2h', { method: 'average', xFilesFactor: 0.33 });
    expect(kinds(diagnose(send(offered, 30), 'stats.a', rules()))).toEqual(['rollup']);
  });

  test('offers a factor that is reached as float32 too: a tenth is not', () => {
    const whisper = send(makeFile('1s:10m 10s:2h'), 10);
    expect(diagnose(whisper, null, rules())).toMatchObject([
      { kind: 'rare', remedy: ['set-xfilesfactor', 'PATH', '0.09'] },
    ]);
    const offered = makeFile('1s:10m 10s:2h', { method: 'average', xFilesFactor: 0.09 });
    expect(diagnose(send(offered, 10), null, rules())).toEqual([]);
  });

  test.each([
    [5, ['crowded']],
    [10, []],
    [20, []],
    [60, ['rare']],
  ])(
    'knows by the interval of the sender, %i s, what slots of 10 s make of it',
    (intervalS, expected) => {
      const findings = diagnose(makeFile(), 'stats.a', rules({ intervalS }));
      expect(kinds(findings)).toEqual(expected);
    },
  );

  test('offers archives with the step of the sender', () => {
    expect(diagnose(makeFile(), 'stats.a', rules({ intervalS: 5 }))).toEqual([
      {
        kind: 'crowded',
        what: 'has slots of 10 s, so of a point every 5 s only one in 2 stays',
        remedy: ['resize', '--aggregate', 'PATH', '5s:10m', '1m:2h'],
      },
    ]);
  });

  test('takes the name of a metric from its path, and none from a hash', () => {
    expect(metricOf('stats/web.1/count.wsp')).toBe('stats.web.1.count');
    expect(metricOf('_tagged/eff/aae/effaae.wsp')).toBeNull();
  });

  test('reports each kind once, with the first files and the commands for them', () => {
    const remedy = ['set-xfilesfactor', 'PATH', '0.3'];
    const findings = ['a.wsp', "b's.wsp", 'c.wsp', 'd.wsp'].map((path) => ({
      kind: 'rare' as const,
      what: 'is poor',
      remedy,
      path,
    }));
    expect(reportLines(findings, 'tree')).toEqual([
      'Get points too rarely for their xFilesFactor, so that nothing is rolled up: 4 files',
      '  a.wsp is poor',
      "  b's.wsp is poor",
      '  c.wsp is poor',
      '  and 1 more',
      '  Send more often, take a finest archive with the step of the sender, or want less, here and in storage-aggregation.conf:',
      '    stacklab whisper set-xfilesfactor a.wsp 0.3',
      "    stacklab whisper set-xfilesfactor 'b'\\''s.wsp' 0.3",
      '    stacklab whisper set-xfilesfactor c.wsp 0.3',
      '',
    ]);
    expect(reportLines([], 'tree')).toEqual([]);
  });
});
