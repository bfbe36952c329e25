// The simulated hour as one JavaScript file: what every engine runs, unchanged.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = `${root}node_modules/.cache/engines`;
const NAME = 'hour-digest';

export interface HourBundle {
  /** With an empty page, which a browser needs to start a worker from. */
  readonly folder: string;
  /** The file in the folder; it exports what test/world/hour-digest.ts does. */
  readonly file: string;
}

export async function bundleHour(): Promise<HourBundle> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      lib: { entry: `${root}test/world/${NAME}.ts`, formats: ['es'], fileName: NAME },
      outDir: FOLDER,
      emptyOutDir: true,
      target: 'es2023',
      minify: false,
    },
  });
  writeFileSync(`${FOLDER}/index.html`, '<!doctype html><title>Engines</title>');
  return { folder: FOLDER, file: `${NAME}.js` };
}
