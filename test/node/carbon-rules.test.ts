// Configuration that changes while Carbon runs: real files, simulated time.

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { schemaFor, type Schemas } from '../../src/core/carbon/schemas.ts';
import { NO_LISTS, type NameLists } from '../../src/core/carbon/name-lists.ts';
import { makeWorld } from '../../src/core/world/world.ts';
import { readListsIn, readRulesIn, watchRules } from '../../src/node/carbon-rules.ts';

let folder = '';
let mtimeS = 1_700_000_000;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Each later than the one before, whatever the disk's clock can tell apart. */
function write(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, text);
  mtimeS += 10;
  utimesSync(path, mtimeS, mtimeS);
}

const schemasOf = (name: string): string => `[${name}]\npattern = .*\nretentions = 1s:1h\n`;

function watch(usesLists: boolean) {
  const world = makeWorld({ seed: 1, startMs: 0 });
  const seen: { schemas: Schemas | null; lists: NameLists } = { schemas: null, lists: NO_LISTS };
  const target = {
    configure: (schemas: Schemas) => void (seen.schemas = schemas),
    setLists: (lists: NameLists) => void (seen.lists = lists),
  };
  const end = watchRules(folder, usesLists, target, world);
  return {
    seen,
    end,
    texts: () => world.log.lines().map(({ text }) => text),
    pass: (seconds: number) => world.clock.run(world.clock.now() + seconds * 1000),
  };
}

it('reads rules for new files again within a minute, when they changed', () => {
  write('storage-schemas.conf', schemasOf('one'));
  const { seen, pass } = watch(false);
  pass(200);
  expect(seen.schemas).toBe(null);
  write('storage-schemas.conf', schemasOf('two'));
  pass(61);
  expect(seen.schemas && schemaFor(seen.schemas, 'a').name).toBe('two');
  seen.schemas = null;
  write('storage-aggregation.conf', '[x]\npattern = x\n');
  pass(61);
  expect(seen.schemas).not.toBe(null);
});

it('keeps the old rules when the new ones cannot be read, and says why', () => {
  write('storage-schemas.conf', schemasOf('one'));
  const { seen, pass, texts } = watch(false);
  write('storage-schemas.conf', '[a]\npattern = .*\nretentions = often\n');
  pass(61);
  expect(seen.schemas).toBe(null);
  rmSync(join(folder, 'storage-schemas.conf'));
  pass(61);
  expect(seen.schemas).toBe(null);
  expect(texts()).toEqual([
    'The rules for new files stay as they were.',
    'The rules for new files stay as they were.',
  ]);
  write('storage-schemas.conf', schemasOf('three'));
  pass(61);
  expect(seen.schemas && schemaFor(seen.schemas, 'a').name).toBe('three');
});

it('reads the lists again within ten seconds, and names what it leaves out', () => {
  const { seen, pass, texts } = watch(true);
  write('blacklist.conf', '^noisy\\.\n[\n');
  pass(11);
  expect(seen.lists.blacklist).toHaveLength(1);
  expect(texts().at(-1)).toContain('blacklist.conf line 2 is left out');
  rmSync(join(folder, 'blacklist.conf'));
  pass(11);
  expect(seen.lists).toEqual(NO_LISTS);
});

it('has no lists without USE_WHITELIST', () => {
  write('blacklist.conf', '.*\n');
  expect(readListsIn(folder, false).config).toEqual(NO_LISTS);
  expect(readListsIn(folder, true).config.blacklist).toHaveLength(1);
  const { seen, pass } = watch(false);
  write('whitelist.conf', 'a\n');
  pass(30);
  expect(seen.lists).toEqual(NO_LISTS);
});

it('looks no more after its end', () => {
  write('storage-schemas.conf', schemasOf('one'));
  const { seen, pass, end } = watch(true);
  end();
  write('storage-schemas.conf', schemasOf('two'));
  write('whitelist.conf', 'a\n');
  pass(200);
  expect([seen.schemas, seen.lists]).toEqual([null, NO_LISTS]);
});

it('wants storage-schemas.conf at the start, as the real program does', () => {
  const rules = readRulesIn(folder);
  expect(rules.ok ? '' : rules.why).toContain('storage-schemas.conf');
});
