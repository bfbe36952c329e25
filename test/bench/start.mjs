// From `npm start` to its line "ready", everything installed and built.
//
//   node test/bench/start.mjs

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const RUNS = 7;
const home = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));

function startOnce() {
  return new Promise((resolve, reject) => {
    const args = ['start', '--', '--home', home, '--listen', '127.0.0.1:0'];
    const began = performance.now();
    // A group of its own: Ctrl-C reaches npm and the stack together, as in a terminal.
    const npm = spawn('npm', args, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let tookMs = null;
    npm.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (tookMs !== null || !/^ready/m.test(said)) return;
      tookMs = performance.now() - began;
      if (npm.pid !== undefined) process.kill(-npm.pid, 'SIGINT');
    });
    npm.on('close', () => (tookMs === null ? reject(new Error(said)) : resolve(tookMs)));
  });
}

try {
  // The first one may build.
  await startOnce();
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await startOnce());
  console.log(
    `npm start to ready: ${median(runs).toFixed(0)} ms (median of ${RUNS}; ${machine()})`,
  );
} finally {
  rmSync(home, { recursive: true });
}
