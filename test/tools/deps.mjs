// Installs what package-lock.json asks for, when it is missing or older than the lock file. Uses nothing
// that must be installed, because it runs before everything else.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The floor of package.json's "engines", checked here because npm only warns. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  fail(`Stacklab needs Node 20.19 or 22.12 and newer; this is Node ${process.versions.node}.`);
}

export function installIfNeeded() {
  const stamp = join(root, 'node_modules/.lock-hash');
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256')
    .update(lock)
    .update(process.platform + process.arch + process.versions.modules)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;

  console.log('Installing the packages of package-lock.json, about half a minute the first time.');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // With NODE_ENV=production npm would leave out what builds the site.
  const env = { ...process.env };
  delete env.NODE_ENV;
  const npm = process.env.npm_execpath;
  const result =
    npm === undefined
      ? spawnSync('npm', args, {
          cwd: root,
          stdio: 'inherit',
          env,
          shell: process.platform === 'win32',
        })
      : spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit', env });
  if (result.status !== 0) fail('The packages could not be installed; npm says why above.');
  writeFileSync(stamp, hash);
}

/** Runs a program of node_modules/.bin; its exit code. */
export function run(name, args, options = {}) {
  const bin = join(root, 'node_modules/.bin', name);
  const result = spawnSync(bin, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  return result.status ?? 1;
}

export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
