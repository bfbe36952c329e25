// One writer per tree of files: a file that names the process which writes.

import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import { messageOf } from './files.ts';
import { readOrNull } from './small-files.ts';

/**
 * Takes the lock in the folder `state`, which is made; the value gives it back. `refusal` is said about the
 * process that has it.
 */
export function takeLock(state: string, refusal: (pid: number) => string): Result<() => void> {
  const path = join(state, 'lock');
  let why = '';
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      mkdirSync(state, { recursive: true });
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return good(() => rmSync(path, { force: true }));
    } catch (error) {
      why = messageOf(error);
      const owner = Number(readOrNull(path) ?? 0);
      if (isRunning(owner)) return bad(refusal(owner));
      // Its owner ended without cleaning up, as after a power cut.
      rmSync(path, { force: true });
    }
  }
  return bad(`The lock file ${path} could not be made: ${why}.`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
