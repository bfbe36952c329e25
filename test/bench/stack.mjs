// The built stack with a folder of its own, for a bench that measures it or opens its pages.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/deps.mjs';

/** Resolves once it is ready: its address, its process id, and a function that ends it. */
export async function startStack() {
  const home = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
  const args = ['dist/stacklab.js', 'up', '--home', home, '--listen', '127.0.0.1:0'];
  const stack = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    stack.stdout.on('data', (text) => {
      const found = /^ready\s+(\S+)/m.exec(String(text))?.[1];
      if (found !== undefined) resolve(found);
    });
    stack.on('exit', (code) => reject(new Error(`the stack ended with code ${code}`)));
  });
  return {
    url,
    pid: stack.pid,
    async end() {
      const ended = new Promise((resolve) => stack.on('exit', resolve));
      stack.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}
