// Puts CPython (Pyodide) and our own Python files into <site>/py, from where the Python worker loads them: our own
// origin.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { writePackages } from './packages.ts';
import { pyodideFiles, pythonFiles, sourcesFile } from '../../src/python/files.ts';

export function pythonFilesPlugin(root: string): Plugin {
  let outDir = '';
  return {
    name: 'stacklab-python-files',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    writeBundle() {
      mkdirSync(`${outDir}/py`, { recursive: true });
      for (const { name } of pyodideFiles)
        copyFileSync(`${root}node_modules/pyodide/${name}`, `${outDir}/py/${name}`);
      writePackages(root, `${outDir}/py`);
      const texts = pythonFiles.map((name) => [
        name,
        readFileSync(`${root}src/python/${name}`, 'utf8'),
      ]);
      writeFileSync(`${outDir}/py/${sourcesFile}`, JSON.stringify(Object.fromEntries(texts)));
    },
  };
}
