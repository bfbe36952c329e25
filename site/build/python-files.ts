// Puts CPython (Pyodide) into <site>/py, from where the Python worker loads it: our own origin.

import { copyFileSync, mkdirSync } from 'node:fs';
import type { Plugin } from 'vite';
import { pyodideFiles } from '../../src/python/files.ts';

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
    },
  };
}
