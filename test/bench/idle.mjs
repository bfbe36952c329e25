// What the whole stack of this machine costs at its usual interval of 10 s: processor time and memory of `up`.
//
//   npm run build && node test/bench/idle.mjs        Linux; takes two and a half minutes

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../tools/deps.mjs';
import { machine } from './figures.mjs';

/** The start is not what it costs from then on. */
const WARM_UP_MS = 30_000;
const MEASURED_MS = 120_000;
const CLOCK_TICK_MS = 10;

const home = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
const args = ['dist/stacklab.js', 'up', '--home', home, '--listen', '127.0.0.1:0'];
const stack = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });

/** User and system time of the process, in milliseconds. */
function processorMs() {
  const fields = readFileSync(`/proc/${stack.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}

function residentMiB() {
  const status = readFileSync(`/proc/${stack.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

try {
  await wait(WARM_UP_MS);
  const before = processorMs();
  await wait(MEASURED_MS);
  const percent = ((processorMs() - before) / MEASURED_MS) * 100;
  console.log(
    `up, idle: ${percent.toFixed(2)} % of a core, ${residentMiB().toFixed(0)} MiB (${machine()})`,
  );
} finally {
  stack.kill('SIGTERM');
  await new Promise((resolve) => stack.on('exit', resolve));
  rmSync(home, { recursive: true });
}
