import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { sha256Hex } from '../../../src/core/base/sha256.ts';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { BRACE_WORDS_MAX, expandBraces, parseGlob } from '../../../src/core/whisper/glob.ts';
import { METRIC_PART_MAX_BYTES, metricPath } from '../../../src/core/whisper/metric-path.ts';
import { openWhisper } from '../../../src/core/whisper/open.ts';
import { makeTree, type Node } from '../../../src/core/whisper/tree.ts';
import { update } from '../../../src/core/whisper/update.ts';
import { makeMemoryFiles, type MemoryFiles } from '../../tools/memory-files.ts';

const SHAPES = [{ secondsPerPoint: 10, points: 6 }];

describe('the file of a metric', () => {
  test('is its name with slashes for dots', () => {
    expect(metricPath('servers.web1.load')).toEqual({ ok: true, value: 'servers/web1/load.wsp' });
    expect(metricPath('a/b')).toEqual({ ok: true, value: 'a/b.wsp' });
  });

  test('is named by the hash of a tagged name, as carbon names it', () => {
    expect(metricPath('some.metric;tag1=value2;tag2=value.2')).toEqual({
      ok: true,
      value: '_tagged/eff/aae/effaae5b55950b150a7493d2f5430772ca2460bf7cccb4d9e523643df54c010f.wsp',
    });
  });

  test.each(['', '.', 'a..b', '.a', 'a.', '..b..c..', 'x/../../y', '/etc/passwd', 'a.\0', 'a\\b'])(
    'is refused for the name %j',
    (name) => {
      expect(metricPath(name).ok).toBe(false);
    },
  );

  test('has parts that every file system keeps', () => {
    expect(metricPath(`a.${'é'.repeat(METRIC_PART_MAX_BYTES / 2)}`).ok).toBe(true);
    expect(metricPath(`a.${'é'.repeat(METRIC_PART_MAX_BYTES / 2 + 1)}`).ok).toBe(false);
  });
});

test('sha256 agrees with Node for every length around its blocks', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = encodeUtf8('abcdefghij'.repeat(20).slice(0, length));
    expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

describe('a pattern', () => {
  test.each([
    ['*', 'cpu', true],
    ['*', '', true],
    ['c?u', 'cpu', true],
    ['c?u', 'cu', false],
    ['cpu*', 'cpu', true],
    ['*a*b', 'xxaaxb', true],
    ['*a*b', 'xxaaxbc', false],
    ['web[12]', 'web2', true],
    ['web[12]', 'web3', false],
    ['web[0-3]', 'web3', true],
    ['web[!0-3]', 'web3', false],
    ['web[!0-3]', 'web7', true],
    ['[]x]', ']', true],
    ['[x', '[x', true],
    ['a.c', 'abc', false],
    ['{web,db}1', 'db1', true],
    ['{web,db}*', 'dbx', true],
    ['{web,db}{1,2}', 'web2', true],
    ['{web,db', '{web,db', true],
    ['web{,1}', 'web', true],
    ['CPU', 'cpu', false],
  ])('%j and the name %j: %s', (pattern, name, expected) => {
    expect(parseGlob(pattern).matches(name)).toBe(expected);
  });

  test('takes time in proportion to pattern and name, however many stars it has', () => {
    expect(parseGlob(`${'*a'.repeat(100)}b`).matches('a'.repeat(5000))).toBe(false);
  });

  test('stands for a bounded number of words', () => {
    expect(expandBraces('{a,b}{c,d}')).toEqual(['ac', 'bc', 'ad', 'bd']);
    expect(expandBraces('{0,1,2,3,4,5,6,7,8,9}'.repeat(8)).length).toBeLessThanOrEqual(
      BRACE_WORDS_MAX,
    );
  });
});

describe('a tree', () => {
  test('finds what a pattern asks for, sorted, leaves and branches', () => {
    const tree = makeTree(makeHouse());
    expect(tree.find('*')).toEqual([branch('carbon'), leaf('load'), branch('servers')]);
    expect(tree.find('servers.*.load')).toEqual([
      leaf('servers.db1.load'),
      leaf('servers.web1.load'),
    ]);
    expect(tree.find('servers.{web1,db1}')).toEqual([
      branch('servers.db1'),
      branch('servers.web1'),
    ]);
    expect(tree.find('servers.web1.cpu')).toEqual([
      leaf('servers.web1.cpu'),
      branch('servers.web1.cpu'),
    ]);
    expect(tree.find('servers.web1.cpu.*')).toEqual([leaf('servers.web1.cpu.user')]);
    expect(tree.find('nothing.here')).toEqual([]);
  });

  test('finds at any depth with two stars', () => {
    const tree = makeTree(makeHouse());
    expect(tree.find('**.load')).toEqual([
      leaf('load'),
      leaf('servers.db1.load'),
      leaf('servers.web1.load'),
    ]);
    expect(tree.find('servers.web1.**')).toEqual([
      leaf('servers.web1.cpu'),
      branch('servers.web1.cpu'),
      leaf('servers.web1.cpu.user'),
      leaf('servers.web1.load'),
    ]);
  });

  test.each(['..', '../*', '*.', '', 'servers..load', '.hidden', '{..,servers}.*.load/..'])(
    'finds nothing for %j',
    (pattern) => {
      expect(makeTree(makeHouse()).find(pattern)).toEqual([]);
    },
  );

  test('lists only the folders that the pattern leaves open', () => {
    const files = makeHouse();
    makeTree(files).find('servers.web1.l*');
    expect(files.listed).toEqual(['servers/web1']);
  });

  test('reads the points of a metric, and null for one that is not there', () => {
    const files = makeHouse();
    const tree = makeTree(files);
    const opened = openWhisper(files, 'servers/web1/load.wsp');
    if (!opened.ok || !opened.value) throw new Error('The file did not open.');
    update(opened.value, 1_000_000, 1.5, 1_000_005);
    expect(tree.read('servers.web1.load', 999_990, 1_000_005, 1_000_005)).toEqual({
      ok: true,
      value: { start: 1_000_000, end: 1_000_010, step: 10, values: Float64Array.of(1.5) },
    });
    expect(tree.read('servers.web9.load', 0, 9, 9)).toEqual({ ok: true, value: null });
    expect(tree.exists('servers.web1.load')).toBe(true);
    expect(tree.exists('servers.web1')).toBe(false);
  });

  test('says which file is corrupt', () => {
    const files = makeHouse();
    files.contents.set('broken.wsp', new Uint8Array(3));
    expect(makeTree(files).read('broken', 0, 9, 9)).toEqual({
      ok: false,
      why: 'Unable to read header (broken.wsp)',
    });
  });
});

function makeHouse(): MemoryFiles {
  const files = makeMemoryFiles();
  for (const name of [
    'servers/web1/load',
    'servers/web1/cpu',
    'servers/web1/cpu/user',
    'servers/db1/load',
    'carbon/agents',
    'load',
    '.hidden',
    'with.dot',
  ])
    expect(createWhisper(files, `${name}.wsp`, SHAPES).ok).toBe(true);
  files.contents.set('servers/notes.txt', new Uint8Array(1));
  files.listed.length = 0;
  return files;
}

function leaf(path: string): Node {
  return { path, isLeaf: true, name: path.split('.').at(-1) ?? '' };
}

function branch(path: string): Node {
  return { ...leaf(path), isLeaf: false };
}
