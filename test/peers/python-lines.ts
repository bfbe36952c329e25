// A script of Python as a peer: a line of JSON for each question, and a line of JSON back for each.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PYTHON } from './peer.ts';

const OUTPUT_BYTES_MAX = 1e9;

/** `script` stands beside this file and gets `folder`; what Python says is thrown when it fails. */
export function askPython(
  script: string,
  folder: string,
  questions: readonly unknown[],
  timeoutMs: number,
): readonly unknown[] {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr } = spawnSync(PYTHON, [path, folder], {
    input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
