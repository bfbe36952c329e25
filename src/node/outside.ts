// What stands beside this machine's own readings: web servers, programs, files, other hosts.

import type { Outside } from '../core/host/outside.ts';
import { followFile } from './follow.ts';
import { fetchPage } from './page-fetch.ts';
import { runPing } from './ping.ts';
import { runProgram } from './run-program.ts';

export function makeNodeOutside(): Outside {
  return { fetchPage, runProgram, follow: followFile, ping: runPing };
}
