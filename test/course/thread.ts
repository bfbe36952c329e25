// The Python thread for tests, bundled from its TypeScript source: Node 20 cannot run TypeScript itself.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { writePackages } from '../../site/build/packages.ts';
import type { NodePythonOptions } from '../../src/node/python.ts';
import { makeNodePython } from '../../src/node/python.ts';
import type { Python } from '../../src/python/client.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}/node_modules/.cache/python-thread-${process.pid}`;
let built: Promise<URL> | null = null;

/** The thread, built once for a test file, with the packages beside it. */
export async function threadOptions(): Promise<NodePythonOptions> {
  built ??= buildThread();
  return { threadUrl: await built, packageDir: outDir };
}

/** @public used by the tests of programs */
export async function startPython(options: Partial<NodePythonOptions> = {}): Promise<Python> {
  const python = makeNodePython({ ...(await threadOptions()), ...options });
  await python.start();
  return python;
}

async function buildThread(): Promise<URL> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: { 'python-thread': `${root}/src/node/python-thread.ts` },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  writePackages(`${root}/`, outDir);
  return pathToFileURL(`${outDir}/python-thread.mjs`);
}
