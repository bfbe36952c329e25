import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeListings } from '../../src/node/listings.ts';

const SETTLED_MS = 250;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-listings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function namesIn(list: ReturnType<typeof makeListings>, path = folder): readonly string[] {
  return list(path).map(({ name }) => name);
}

it('gives the same list as long as nothing has changed, and a new one at once when something has', async () => {
  const list = makeListings();
  writeFileSync(join(folder, 'b'), '');
  mkdirSync(join(folder, 'a'));
  await wait(SETTLED_MS);
  const before = list(folder);
  expect(before).toEqual([
    { name: 'a', isFolder: true },
    { name: 'b', isFolder: false },
  ]);
  expect(list(folder)).toBe(before);
  writeFileSync(join(folder, 'c'), '');
  expect(namesIn(list)).toEqual(['a', 'b', 'c']);
  rmSync(join(folder, 'b'));
  expect(namesIn(list)).toEqual(['a', 'c']);
});

it('sees every file of many that are made between two looks, however fast', () => {
  const list = makeListings();
  for (let i = 0; i < 500; i++) {
    writeFileSync(join(folder, String(i)), '');
    expect(list(folder)).toHaveLength(i + 1);
  }
});

it('sees that another folder has taken the place, and that one is gone', async () => {
  const list = makeListings();
  const place = join(folder, 'place');
  for (const [name, file] of [
    ['place', 'x'],
    ['other', 'y'],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, file), '');
    utimesSync(join(folder, name), 1, 1);
  }
  await wait(SETTLED_MS);
  expect(namesIn(list, place)).toEqual(['x']);
  rmSync(place, { recursive: true });
  renameSync(join(folder, 'other'), place);
  expect(namesIn(list, place)).toEqual(['y']);
  rmSync(place, { recursive: true });
  expect(list(place)).toEqual([]);
});
