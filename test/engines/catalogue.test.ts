// Node 24 grades the whole catalogue as this Node does: what `check --record` notes here, `check` finds there again.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { readCatalogue } from '../course/catalogue.ts';
import { tier } from '../tools/tier.ts';
import { provideNode24 } from './node24.ts';

const program = fileURLToPath(new URL('../../dist/stacklab.js', import.meta.url));
/** Each Node runs more than 170 programs, all of them twice. */
const MS_MAX = 400_000;

// An installation is too much for every `npm test`.
it.runIf(tier() !== 'fast')(
  'grades the catalogue in Node 24 as in this Node',
  async () => {
    const folder = catalogueFolder();
    await check(process.execPath, ['--record', folder]);
    const { findings } = await check(await provideNode24(), [folder]);
    expect(findings).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  MS_MAX,
);

/** The chapters as lessons, each in a folder of its own. */
function catalogueFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-catalogue-'));
  for (const { name, source } of readCatalogue()) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'lesson.md'), source);
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
