// What each zone must not know, by tsc with the zone's own tsconfig.json.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHouse, type House, type Outcome } from './house.ts';

/** [zone, code that must be refused, what tsc says of it] */
const CANARIES: readonly (readonly [zone: string, code: string, why: string])[] = [
  ['src/core', 'setTimeout(() => undefined, 1);', "Cannot find name 'setTimeout'"],
  ['src/core', 'process.exit();', "Cannot find name 'process'"],
  ['src/core', 'document.title;', "Cannot find name 'document'"],
  ['src/core', 'console.log(1);', "Cannot find name 'console'"],
  ['src/core', "import 'node:fs';", "'node:fs'"],
  ['src/core', "import { clean } from '../lab/clean.ts'; clean;", "not under 'rootDir'"],
  ['src/core', 'enum Colour { Red }', 'erasableSyntaxOnly'],
  ['src/lab', 'fetch(String(1));', "Cannot find name 'fetch'"],
  ['src/python', 'process.exit();', "Cannot find name 'process'"],
  ['src/api', 'process.exit();', "Cannot find name 'process'"],
  ['src/browser', 'document.title;', "Cannot find name 'document'"],
  ['src/browser', 'process.exit();', "Cannot find name 'process'"],
  ['src/node', 'document.title;', "Cannot find name 'document'"],
  ['site', 'process.exit();', "Cannot find name 'process'"],
  ['site', "import { clean } from '../src/node/clean.ts'; clean;", "not under 'rootDir'"],
];

let house: House;
let whole: Outcome;
const said = new Map<string, string>();

beforeAll(async () => {
  house = buildHouse();
  whole = await house.run('tsc', ['-b']);
  for (const [index, [zone, code]] of CANARIES.entries())
    house.put(`${zone}/canary-${index}.ts`, `${code}\nexport {};\n`);
  // One zone at a time: a build would not look at those that need a broken one.
  for (const zone of new Set(CANARIES.map(([name]) => name)))
    said.set(zone, (await house.run('tsc', ['-p', zone])).said);
});

afterAll(() => house.remove());

describe('tsc with the map of the zones', () => {
  it('passes a house whose files are clean', () => {
    expect(whole).toEqual({ exitCode: 0, said: '' });
  });

  it.each(CANARIES.map((canary, index) => [index, ...canary] as const))(
    'refuses canary %i, in %s: %s',
    (index, zone, _, why) => {
      const lines = (said.get(zone) ?? '').split('\n');
      const about = lines.filter((line) => line.startsWith(`${zone}/canary-${index}.ts`));
      expect(about.join('\n')).toContain(why);
    },
  );
});
