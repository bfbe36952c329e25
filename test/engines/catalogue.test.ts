// Node 24 runs all lessons and the whole catalogue as this Node does: what `check --record` notes here, `check` finds there again.

import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tier } from '../tools/tier.ts';
import { provideNode24 } from './node24.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist/stacklab.js');
/** Each Node runs more than 600 programs, most of them twice. */
const MS_MAX = 400_000;

// An installation is too much for every `npm test`.
it.runIf(tier() !== 'fast')(
  'runs lessons and catalogue in Node 24 as in this Node',
  async () => {
    const folder = catalogueFolder();
    await check(process.execPath, ['--record', folder]);
    const { findings } = await check(await provideNode24(), [folder]);
    expect(findings).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  MS_MAX,
);

/** All lessons with what they link to, and the chapters that are none yet, each in a folder of its own. */
function catalogueFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-catalogue-'));
  for (const name of ['lessons', 'labs'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'src'), join(folder, 'src'));
  const chapters = join(root, 'test/course/catalogue');
  for (const file of readdirSync(chapters)) {
    mkdirSync(join(folder, 'lessons', file));
    copyFileSync(join(chapters, file), join(folder, 'lessons', file, 'lesson.md'));
  }
  return folder;
}

/** Rejects when the program says that something is not as it is written. */
async function check(
  node: string,
  args: readonly string[],
): Promise<{ readonly findings: readonly unknown[] }> {
  const { stdout } = await promisify(execFile)(node, [program, 'check', '--json', ...args]);
  return JSON.parse(stdout) as { readonly findings: readonly unknown[] };
}
