// A small copy of the house: its own configuration for tsc and oxlint, and a clean file in every zone. Canaries
// are put into it, so that each check can be seen to fail.

import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface House {
  put(path: string, text: string): void;
  /** Runs a program of node_modules/.bin in the house. */
  run(name: string, args: readonly string[]): Promise<Outcome>;
  remove(): void;
}

export interface Outcome {
  readonly exitCode: number;
  /** What the program printed; paths are relative to the house. */
  readonly said: string;
}

export const CLEAN = 'clean.ts';
const SHARED = ['tsconfig.json', 'src/tsconfig.base.json', 'test/oxlint.json'];

/** Folders with a tsconfig.json of their own, as the map of the zones lists them. */
function zones(): readonly string[] {
  const map = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: readonly { path: string }[];
  };
  return map.references.map(({ path }) => path);
}

export function buildHouse(): House {
  // Not below node_modules: there tsc takes every file for a part of a package, which may do more.
  const house = mkdtempSync(join(tmpdir(), 'stacklab-canary-'));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  linkPackages(join(house, 'node_modules'));
  const configurations = zones().map((zone) => `${zone}/tsconfig.json`);
  for (const path of [...SHARED, ...configurations]) cpSync(join(root, path), join(house, path));
  for (const zone of zones()) put(`${zone}/${CLEAN}`, 'export const clean: number = 1;\n');
  return {
    put,
    run: (name, args) => run(house, name, args),
    remove: () => rmSync(house, { recursive: true }),
  };
}

/** One by one, because tsc keeps its own notes in node_modules/.cache. */
function linkPackages(folder: string): void {
  const packages = join(root, 'node_modules');
  mkdirSync(folder);
  for (const name of readdirSync(packages))
    if (!name.startsWith('.')) symlinkSync(join(packages, name), join(folder, name), 'junction');
}

function run(house: string, name: string, args: readonly string[]): Promise<Outcome> {
  const program = join(root, 'node_modules/.bin', name);
  const options = { cwd: house, shell: process.platform === 'win32' };
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, said: stdout + stderr }),
    );
  });
}
