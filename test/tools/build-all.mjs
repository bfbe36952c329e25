// Builds dist/: the site and the command. Skips it when nothing that goes in has changed.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, run } from './deps.mjs';

const CODE = ['src', 'site', 'package-lock.json'];
const LESSONS = ['lessons', 'labs'];
const STAMP = join(root, 'dist/.source-hash');

/** Without lessons: what stands in dist/ may show older ones, as long as the code is the same. */
export function buildIfNeeded({ withLessons = true } = {}) {
  const hashes = [sourceHash(CODE), sourceHash(LESSONS)];
  const [code, lessons] = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').split(' ') : [];
  if (code === hashes[0] && (lessons === hashes[1] || !withLessons)) return;
  console.log('Building the site and the stack, a few seconds.');
  const steps = [
    ['vite', ['build', '-c', 'site/build/vite.config.ts', '--logLevel', 'warn']],
    ['vite', ['build', '-c', 'src/node/vite.config.ts', '--logLevel', 'warn']],
  ];
  for (const [name, args] of steps)
    if (run(name, args) !== 0) fail('The build failed; the lines above say where.');
  writeFileSync(STAMP, hashes.join(' '));
}

/** Content, not times: a clone or a checkout sets all times anew. */
function sourceHash(sources) {
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
  for (const source of sources)
    if (source.includes('.')) add(source);
    else walk(source);
  return hash.digest('hex');
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
