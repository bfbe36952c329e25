// What oxlint must refuse, by test/oxlint.json: above all what tsc would let pass in a zone.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHouse, CLEAN, type House, type Outcome } from './house.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders of pictures and styles, and the one of the build, which is Node's. */
const NOT_IN_A_BROWSER = ['src/core', 'src/node', 'site/build', 'site/public', 'site/style'];

/** [folder, code that must be refused, what oxlint says of it] */
type Canary = readonly [folder: string, code: string, why: string];

const CANARIES: readonly Canary[] = [
  ['src/core/time', "import 'hono';", 'Core imports nothing outside core'],
  ['src/core/time', "import 'node:fs';", 'Core imports nothing outside core'],
  ['src/core/time', 'export const nowMs = Date.now();', 'take it from the Clock port'],
  ['src/core/time', 'export const now = new Date();', 'take it from the Clock port'],
  ['src/core/time', 'export const nowMs = performance.now();', 'take it from the Clock port'],
  ['src/core/time', 'export const dice = Math.random();', 'use makeRandom(seed)'],
  ['src/core/time', 'console.log(1);', 'use the Log port'],
  ['src/core/time', 'export const place = globalThis;', 'Core has no platform'],
  ['src/node', 'export const value: any = 1;', 'no-explicit-any'],
  ['src/node', 'Promise.resolve(1);', 'no-floating-promises'],
  ...foldersInBrowser().flatMap((folder): Canary[] => [
    [folder, "import 'node:fs';", 'only src/node and site/build know Node'],
    [folder, "import '../../src/node/clean.ts';", 'ask the API'],
  ]),
];

/** Read from the disk, so that a new folder without the restriction is noticed. */
function foldersInBrowser(): readonly string[] {
  return ['src', 'site'].flatMap((above) =>
    readdirSync(`${root}${above}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${above}/${entry.name}`)
      .filter((folder) => !NOT_IN_A_BROWSER.includes(folder)),
  );
}

interface Finding {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

let house: House;
let clean: Outcome;
let findings: readonly Finding[];

beforeAll(async () => {
  house = buildHouse();
  const args = ['-c', 'test/oxlint.json', '-f', 'json'];
  clean = await house.run('oxlint', [...args, `src/core/${CLEAN}`, `site/${CLEAN}`]);
  for (const [index, [folder, code]] of CANARIES.entries())
    house.put(`${folder}/canary-${index}.ts`, `${code}\nexport {};\n`);
  const { said } = await house.run('oxlint', [...args, 'src', 'site']);
  findings = (JSON.parse(said) as { diagnostics: readonly Finding[] }).diagnostics;
});

afterAll(() => house.remove());

describe('oxlint with the rules of the zones', () => {
  it('passes clean files', () => {
    expect(clean.exitCode).toBe(0);
    expect(JSON.parse(clean.said)).toMatchObject({ diagnostics: [], number_of_files: 2 });
  });

  it.each(CANARIES.map((canary, index) => [index, ...canary] as const))(
    'refuses canary %i, in %s: %s',
    (index, folder, _, why) => {
      const about = findings.filter(
        ({ filename }) => filename.replaceAll('\\', '/') === `${folder}/canary-${index}.ts`,
      );
      const sentences = about.map(({ code, message, help }) => `${code}: ${message} ${help}`);
      expect(sentences.join('\n')).toContain(why);
    },
  );
});
