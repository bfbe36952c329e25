// Puts the packages of a lesson where Python finds them: wheels/ with those that are kept as they are and those that are
// made here from src/python/clinic/, and simple/, the index of all of them.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageIndex } from '../../src/python/package-index.ts';
import { makeWheel, type Wheel } from '../../src/python/wheel.ts';

export function writePackages(root: string, outDir: string): void {
  const wheels = [
    ...keptWheels(`${root}src/python/wheels`),
    ...readdirSync(`${root}src/python/clinic`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => wheelFrom(`${root}src/python/clinic/${name}`)),
  ];
  for (const { file, bytes } of wheels) write(join(outDir, 'wheels', file), bytes);
  for (const [path, text] of packageIndex(wheels)) write(join(outDir, path), text);
}

function keptWheels(folder: string): readonly Wheel[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.whl'))
    .map((file) => ({ file, bytes: readFileSync(join(folder, file)), requiresPython: null }));
}

function wheelFrom(folder: string): Wheel {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const texts = paths
    .filter((path) => path.endsWith('.py'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')] as const);
  return makeWheel(readFileSync(join(folder, 'METADATA'), 'utf8'), Object.fromEntries(texts));
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
