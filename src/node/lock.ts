// One writer per tree of files: a file that names the process which writes, and when it began, for numbers of processes are
// given again.
//
//   4711 182340      process, clock ticks from boot to its start; without the second where the system does not tell

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
      writeSync(handle, `${process.pid} ${startOf(process.pid)}`);
      closeSync(handle);
      return good(() => rmSync(path, { force: true }));
    } catch (error) {
      why = messageOf(error);
      const [pid = '', start = ''] = (readOrNull(path) ?? '').split(' ');
      const owner = Number(pid);
      if (isRunning(owner) && startOf(owner) === start) return bad(refusal(owner));
      // Its owner ended without cleaning up, as after a power cut.
      rmSync(path, { force: true });
    }
  }
  return bad(`The lock file ${path} could not be made: ${why}.`);
}

/** Only Linux tells; "" elsewhere. */
function startOf(pid: number): string {
  const stat = readOrNull(`/proc/${pid}/stat`) ?? '';
  // The name of the program may hold anything; the 20th field behind it is the start.
  return stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19] ?? '';
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
