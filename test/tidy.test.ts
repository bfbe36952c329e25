// Rules of the architecture that a compiler does not check. Each says what to do instead.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Rule {
  readonly folders: readonly string[];
  readonly banned: RegExp;
  readonly instead: string;
}

const RULES: readonly Rule[] = [
  {
    folders: ['src/core'],
    banned: /\bDate\.now\(|\bnew Date\(\)|\bperformance\./,
    instead: 'take the time from the Clock port',
  },
  {
    folders: ['src/core'],
    banned: /\bMath\.random\(/,
    instead: 'use makeRandom(seed) of core/base/random.ts',
  },
  {
    folders: ['src/core'],
    banned: /\basync\s|\bawait\s|\bPromise\b/,
    instead: 'finish waiting in node/, browser/ or api/ before calling in',
  },
  {
    folders: ['src/core/world', 'src/core/base', 'src/core/collect'],
    banned: /\bMath\.(?:sin|cos|tan|exp|log|log2|log10|pow|hypot|cbrt)\(|\*\*/,
    instead: 'use + - * / and sqrt: the others differ between engines',
  },
  {
    folders: ['src/core'],
    banned: /from '(?:[^.'][^']*)'/,
    instead: 'core imports nothing outside core; put the package behind a port',
  },
  {
    folders: ['site'],
    banned: /from '[./]*src\/node\//,
    instead: 'ask the API; the page never holds Node code',
  },
  {
    folders: ['src', 'site', 'test'],
    banned: /from '\.[^']*(?<!\.(?:ts|tsx|mjs|css|svg|js))(?<!\?worker|\?raw)'/,
    instead: 'write the ending of the file in the import',
  },
];

/** The sentences about one file; empty when it is tidy. */
function complaints(path: string, text: string): readonly string[] {
  // Comments may name what the code must not use.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return RULES.filter(({ folders }) => folders.some((folder) => path.startsWith(`${folder}/`)))
    .filter(({ banned }) => banned.test(code))
    .map(({ banned, instead }) => `${path} has "${banned.exec(code)?.[0] ?? ''}": ${instead}.`);
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

  // Canaries: each rule must fail on the smallest file that breaks it.
  it.each([
    ['src/core/a.ts', 'const now = Date.now();'],
    ['src/core/a.ts', 'const dice = Math.random();'],
    ['src/core/a.ts', 'export async function wait() {}'],
    ['src/core/world/a.ts', 'const wave = Math.sin(1);'],
    ['src/core/a.ts', "import { Hono } from 'hono';"],
    ['site/a.ts', "import { up } from '../src/node/up.ts';"],
    ['src/core/a.ts', "import { good } from './result';"],
  ])('complains about %s with %s', (path, text) => {
    const [sentence = ''] = complaints(path, text);
    expect(sentence).toContain(path);
    expect(sentence).toMatch(/": .+\.$/);
  });
});
