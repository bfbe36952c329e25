// What the log of tags promises, over files on a disk and in memory: the answers are the same.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { re2Regex } from '../../src/api/re2-regex.ts';
import { bad } from '../../src/core/base/result.ts';
import { encodeUtf8 } from '../../src/core/base/text.ts';
import { makeRandom } from '../../src/core/base/random.ts';
import type { Files } from '../../src/core/host/files.ts';
import { parseTagExpression } from '../../src/core/tags/tag-expression.ts';
import { openTagLog, TAGS_FILE, type TagLog } from '../../src/core/tags/tag-log.ts';
import { makeWorldFiles } from '../../src/core/world/files.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { timesInTier } from '../tools/tier.ts';

const SEED = 41;
const TIMES = timesInTier(2000);

const PLACES: readonly [name: string, make: () => { files: Files; end: () => void }][] = [
  [
    'on a disk',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'tags-'));
      return { files: makeNodeFiles(folder), end: () => rmSync(folder, { recursive: true }) };
    },
  ],
  ['in memory', () => ({ files: makeWorldFiles(() => undefined), end: () => undefined })],
];

describe.each(PLACES)('the log of tags %s', (_, make) => {
  let files: Files;
  let end: () => void;
  let said: string[];
  beforeEach(() => {
    ({ files, end } = make());
    said = [];
  });
  afterEach(() => end());

  const open = (): TagLog =>
    openTagLog(files, TAGS_FILE, { say: (_, text) => void said.push(text) });

  const find = (tags: TagLog, ...texts: readonly string[]): readonly string[] => {
    const expressions = texts.map((text) => {
      const expression = parseTagExpression(text, re2Regex);
      if (!expression.ok) throw new Error(expression.why);
      return expression.value;
    });
    const found = tags.index().find(expressions);
    if (!found.ok) throw new Error(found.why);
    return found.value;
  };

  it('keeps what was told over a restart, in one form of each name', () => {
    const tags = open();
    expect(tags.add('disk;host=b;dc=x')).toEqual({ ok: true, value: 'disk;dc=x;host=b' });
    expect(tags.add('disk{host="a"}')).toEqual({ ok: true, value: 'disk;host=a' });
    expect(tags.add('disk;dc=x;host=b')).toMatchObject({ ok: true });
    expect(tags.remove('disk;host=a')).toMatchObject({ ok: true });
    for (const log of [tags, open()]) {
      expect(find(log, 'name=disk')).toEqual(['disk;dc=x;host=b']);
      expect(log.index().tags(null, 10)).toEqual([
        { id: 2, tag: 'dc' },
        { id: 1, tag: 'host' },
        { id: 3, tag: 'name' },
      ]);
    }
    expect(said).toEqual([]);
  });

  it('tells what another process added and forgot since', () => {
    const [carbon, web] = [open(), open()];
    carbon.add('load;host=a');
    expect(find(web, 'host!=')).toEqual(['load;host=a']);
    web.add('load;host=b');
    carbon.remove('load;host=a');
    expect(find(web, 'host!=')).toEqual(['load;host=b']);
    expect(find(carbon, 'host!=')).toEqual(['load;host=b']);
  });

  it('passes over lines that cannot be read, and over half a line at the end', () => {
    open().add('load;host=a');
    files.append(TAGS_FILE, encodeUtf8('nonsense\n{"other":1}\n{"series":"load;host=b"}\n{"ser'));
    const tags = open();
    expect(find(tags, 'host!=')).toEqual(['load;host=a', 'load;host=b']);
    expect(said).toEqual(['Passed over tags that cannot be read.']);
    tags.add('load;host=c');
    expect(find(open(), 'host!=')).toEqual(['load;host=a', 'load;host=b', 'load;host=c']);
  });

  it('a series that could not be written down is told again when it comes again', () => {
    let isFull = true;
    const real = files;
    files = {
      ...real,
      append: (path, bytes) => (isFull ? bad('no room') : real.append(path, bytes)),
    };
    const tags = open();
    expect(tags.add('load;host=a')).toEqual({ ok: false, why: 'no room' });
    isFull = false;
    expect(tags.add('load;host=a')).toMatchObject({ ok: true });
    expect(find(open(), 'host!=')).toEqual(['load;host=a']);
  });

  it('refuses names that are none, and keeps nothing of them', () => {
    const tags = open();
    for (const path of ['bad;x', ';a=b', 'a;b=', 'a;=b', 'a;b=~c'])
      expect(tags.add(path), path).toMatchObject({ ok: false });
    expect(files.exists(TAGS_FILE)).toBe(false);
  });

  it(`finds what a plain look at every series finds, ${TIMES} times (seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    const tags = open();
    const known = new Map<string, Map<string, string>>();
    for (let i = 0; i < 200; i++) {
      const pairs = ['a', 'b', 'c']
        .filter(() => random.chance(0.6))
        .map((tag) => [tag, `v${random.below(4)}`] as const);
      const name = `m${random.below(3)}`;
      const added = tags.add([name, ...pairs.map(([tag, value]) => `${tag}=${value}`)].join(';'));
      if (!added.ok) throw new Error(added.why);
      known.set(added.value, new Map([...pairs, ['name', name]]));
    }
    const values = ['', 'v0', 'v1', 'v9', 'm0', 'm1'];
    for (let i = 0; i < TIMES; i++) {
      const asked = Array.from({ length: 1 + random.below(3) }, () => ({
        tag: ['a', 'b', 'c', 'name', 'none'][random.below(5)] ?? 'a',
        isEqual: random.chance(0.6),
        value: values[random.below(values.length)] ?? '',
      }));
      const fits = (
        tag: string,
        isEqual: boolean,
        value: string,
        of: ReadonlyMap<string, string>,
      ) => ((of.get(tag) ?? '') === value) === isEqual;
      const isWanting = asked.some(
        ({ tag, isEqual, value }) => !fits(tag, isEqual, value, new Map()),
      );
      if (!isWanting) continue;
      const texts = asked.map(({ tag, isEqual, value }) => `${tag}${isEqual ? '=' : '!='}${value}`);
      const plain = [...known]
        .filter(([, of]) => asked.every(({ tag, isEqual, value }) => fits(tag, isEqual, value, of)))
        .map(([path]) => path)
        .sort();
      expect(find(tags, ...texts), texts.join(' ')).toEqual(plain);
    }
  });
});

describe('completing', () => {
  it('gives the first names in order, of many', () => {
    const tags = openTagLog(
      makeWorldFiles(() => undefined),
      TAGS_FILE,
      { say: () => undefined },
    );
    for (let i = 20_000; i > 0; i--) tags.add(`m;host=h${String(i).padStart(5, '0')};n=${i % 7}`);
    const index = tags.index();
    expect(index.completeValues([], 'host', 'h0', 3)).toEqual({
      ok: true,
      value: ['h00001', 'h00002', 'h00003'],
    });
    const third = parseTagExpression('n=3', re2Regex);
    if (!third.ok) throw new Error(third.why);
    expect(index.completeValues([third.value], 'host', '', 2)).toEqual({
      ok: true,
      value: ['h00003', 'h00010'],
    });
    expect(index.completeTags([third.value], '', 9)).toEqual({ ok: true, value: ['host', 'name'] });
  });
});
