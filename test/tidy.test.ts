// Rules of the architecture that a compiler does not check. Each says what to do instead.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Rule {
  readonly name: string;
  readonly folders: readonly string[];
  readonly banned: RegExp;
  readonly instead: string;
  /** The smallest files that break the rule: [path, text]. */
  readonly canaries: readonly (readonly [path: string, text: string])[];
}

const RULES: readonly Rule[] = [
  {
    name: 'core never asks the time',
    folders: ['src/core'],
    banned: /\bDate\.now\(|\bnew Date\(\)|\bperformance\./,
    instead: 'take the time from the Clock port',
    canaries: [
      ['src/core/a.ts', 'const nowMs = Date.now();'],
      ['src/core/time/a.ts', 'const now = new Date();'],
      ['src/core/a.ts', 'const nowMs = performance.now();'],
    ],
  },
  {
    name: 'core never rolls dice',
    folders: ['src/core'],
    banned: /\bMath\.random\(/,
    instead: 'use makeRandom(seed) of core/base/random.ts',
    canaries: [['src/core/a.ts', 'const dice = Math.random();']],
  },
  {
    name: 'core never waits',
    folders: ['src/core'],
    banned: /\basync\s|\bawait\s|\bPromise\b/,
    instead: 'finish waiting in node/, browser/ or api/ before calling in',
    canaries: [
      ['src/core/a.ts', 'export async function wait() {}'],
      ['src/core/a.ts', 'const later = Promise.resolve();'],
    ],
  },
  {
    name: 'a seeded world is the same in every engine',
    folders: ['src/core/world', 'src/core/base', 'src/core/collect'],
    banned: /\bMath\.(?:sin|cos|tan|exp|log|log2|log10|pow|hypot|cbrt)\(|\*\*/,
    instead: 'use + - * / and sqrt: the others differ between engines',
    canaries: [
      ['src/core/world/a.ts', 'const wave = Math.sin(1);'],
      ['src/core/base/a.ts', 'const square = side ** 2;'],
      ['src/core/collect/a.ts', 'const digits = Math.log10(size);'],
    ],
  },
  {
    name: 'core stands alone',
    folders: ['src/core'],
    banned: /from '(?:[^.'][^']*)'/,
    instead: 'put the package behind a port',
    canaries: [
      ['src/core/a.ts', "import { Hono } from 'hono';"],
      ['src/core/a.ts', "export { join } from 'node:path';"],
    ],
  },
  {
    name: 'the page holds no Node code',
    folders: ['site'],
    banned: /from '[./]*src\/node\//,
    instead: 'ask the API',
    canaries: [['site/page/a.ts', "import { up } from '../../src/node/up.ts';"]],
  },
  {
    name: 'an import names a file',
    folders: ['src', 'site', 'test'],
    banned: /from '\.[^']*(?<!\.(?:ts|tsx|mjs|css|svg|js))(?<!\?worker|\?raw)'/,
    instead: 'write the ending of the file in the import',
    canaries: [
      ['src/core/a.ts', "import { good } from './result';"],
      ['site/page/a.ts', "import { page } from '../page';"],
      ['test/a.ts', "import { root } from './tools';"],
    ],
  },
];

/** The sentences about one file; empty when it is tidy. */
function complaints(path: string, text: string): readonly string[] {
  // Comments may name what the code must not use.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return RULES.filter(({ folders }) => folders.some((folder) => path.startsWith(`${folder}/`)))
    .filter(({ banned }) => banned.test(code))
    .map(
      ({ name, banned, instead }) =>
        `${path} has "${banned.exec(code)?.[0] ?? ''}", but ${name}: ${instead}.`,
    );
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && path !== 'test/tidy.test.ts' ? [path] : [];
  });
}

describe('the tidy house', () => {
  it('holds its rules in every file', () => {
    const files = ['src', 'site', 'test'].flatMap(sources);
    const found = files.flatMap((path) => complaints(path, readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([]);
  });

  it('passes a clean file, whatever its comments say', () => {
    const text = "// Date.now() is banned.\nimport { good } from './result.ts';\n";
    expect(complaints('src/core/world/a.ts', text)).toEqual([]);
  });

  it.each(RULES)('has a canary that breaks "$name"', ({ name, instead, canaries }) => {
    expect(canaries).not.toEqual([]);
    for (const [path, text] of canaries)
      expect(complaints(path, text)).toContainEqual(
        expect.stringContaining(`", but ${name}: ${instead}.`),
      );
  });
});
