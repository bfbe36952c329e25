// Builds dist/stacklab.js and the files of its threads, everything inside but Node itself.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: `${root}dist`,
    // dist/site stands beside it.
    emptyOutDir: false,
    target: 'node20',
    rolldownOptions: {
      input: { stacklab: `${root}src/node/main.ts` },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { target: 'node', noExternal: true },
});
