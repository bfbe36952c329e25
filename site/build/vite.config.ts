// Builds dist/site: every page as HTML that reads well without JavaScript, and Python beside it.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { coursePlugin } from './course.ts';
import { downloadsPlugin } from './downloads.ts';
import { prerenderPlugin } from './prerender.ts';
import { pythonFilesPlugin } from './python-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  root,
  base: './',
  appType: 'mpa',
  publicDir: `${root}site/public`,
  plugins: [
    coursePlugin(root),
    prerenderPlugin(root),
    downloadsPlugin(root),
    pythonFilesPlugin(root),
  ],
  worker: { format: 'es' },
  build: {
    outDir: `${root}dist/site`,
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // A source map would be larger than all pages together.
    sourcemap: false,
    // The editor is one large chunk on purpose: it is loaded when a reader first types.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
