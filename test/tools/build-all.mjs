// Builds dist/: the site and the command. Skips it when nothing that goes in has changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './deps.mjs';

const SOURCES = ['src', 'site', 'lessons', 'labs', 'package-lock.json'];
const STAMP = join(root, 'dist/.source-hash');

export function buildIfNeeded() {
  const hash = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  console.log('Building the site and the stack, a few seconds.');
  const steps = [
    ['vite', ['build', '-c', 'site/build/vite.config.ts', '--logLevel', 'warn']],
    ['vite', ['build', '-c', 'src/node/vite.config.ts', '--logLevel', 'warn']],
  ];
  for (const [name, args] of steps)
    if (run(name, args) !== 0) fail('The build failed; the lines above say where.');
  writeFileSync(STAMP, hash);
}

/** Content, not times: a clone or a checkout sets all times anew. */
function sourceHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    hash.update(path);
    hash.update(readFileSync(join(root, path)));
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort(byName)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  for (const source of SOURCES)
    if (source.includes('.')) add(source);
    else walk(source);
  return hash.digest('hex');
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
