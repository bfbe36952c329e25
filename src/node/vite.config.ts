// Builds dist/stacklab.js, the files of its threads and dist/python/, everything inside but Node itself.

import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Python that `check` puts into its interpreter. Pyodide itself and the packages stand in dist/site/py/. */
function copyPython(): Plugin {
  return {
    name: 'copy-python',
    writeBundle({ dir }) {
      const target = `${dir}/python`;
      mkdirSync(target, { recursive: true });
      for (const name of readdirSync(`${root}src/python`).filter((each) => each.endsWith('.py')))
        copyFileSync(`${root}src/python/${name}`, `${target}/${name}`);
    },
  };
}

export default defineConfig({
  root,
  publicDir: false,
  plugins: [copyPython()],
  build: {
    ssr: true,
    outDir: `${root}dist`,
    // dist/site stands beside it.
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: {
      input: {
        stacklab: `${root}src/node/main.ts`,
        'python-thread': `${root}src/node/python-thread.ts`,
      },
      // Without hashes, so that no build leaves the chunks of the one before behind.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
  ssr: { target: 'node', noExternal: true },
});
