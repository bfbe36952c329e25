// A page that holds nothing but the Python of the site: the same client, the same worker, for tests that ask it directly.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import type { GradeOptions, Python } from '../../src/python/client.ts';
import { pythonFilesPlugin } from '../../site/build/python-files.ts';
import type { CheckTest } from '../../src/python/messages.ts';
import { serveFiles } from '../tools/file-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const PAGE = `<!doctype html>
<title>Python</title>
<link rel="icon" href="data:," />
<script type="module">
  import { makePython } from './python.js';
  globalThis.python = makePython({ baseUrl: 'py/', wantSpare: true });
</script>
`;

export interface PythonPage {
  /** The signature of the verdict, as the worker of the page comes to it. */
  signature(code: string, tests: readonly CheckTest[], options: GradeOptions): Promise<string>;
  end(): Promise<void>;
}

export async function openPythonPage(browser: Browser): Promise<PythonPage> {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-python-'));
  await bundlePythonPage(folder);
  const server = await serveFiles(folder, '/');
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction('globalThis.python !== undefined');
  return {
    signature: (code, tests, options) => page.evaluate(signatureInPage, { code, tests, options }),
    async end() {
      await page.close();
      await server.end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs inside the page. */
async function signatureInPage(asked: {
  readonly code: string;
  readonly tests: readonly CheckTest[];
  readonly options: GradeOptions;
}): Promise<string> {
  const { python } = globalThis as unknown as { readonly python: Python };
  return (await python.grade(asked.code, asked.tests, asked.options)).verdict.signature;
}

/** Builds the page into an empty folder. */
export async function bundlePythonPage(outDir: string): Promise<void> {
  await build({
    root,
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [pythonFilesPlugin(root)],
    worker: { format: 'es' },
    build: {
      outDir,
      // It is empty, and lies outside of the root.
      emptyOutDir: false,
      target: 'es2023',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { python: `${root}src/browser/python.ts` },
        // The page imports makePython from the entry.
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  writeFileSync(join(outDir, 'index.html'), PAGE);
}
