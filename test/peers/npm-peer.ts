// Packages of npm that our own stand beside, each installed once into a folder beside the caches of other tools.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Peer } from './peer.ts';

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/peers', import.meta.url));
const INSTALL_MS_MAX = 60_000;

export function npmPeer(name: string, version: string): Peer {
  const install = `npm install --prefix ${FOLDER} --omit=optional --ignore-scripts --no-audit --no-fund ${name}@${version}`;
  const isHere = (): boolean => existsSync(pathInPeers(`${name}/package.json`));
  return {
    whyMissing() {
      if (isHere()) return null;
      mkdirSync(FOLDER, { recursive: true });
      const [npm = '', ...args] = install.split(' ');
      spawnSync(npm, args, { timeout: INSTALL_MS_MAX });
      return isHere() ? null : `npm's ${name} could not be installed: ${install}`;
    },
  };
}

/** Of a file in a package that is installed there. */
export function pathInPeers(file: string): string {
  return join(FOLDER, 'node_modules', file);
}

/** What such a package exports. */
export function requirePeer(name: string): unknown {
  return createRequire(join(FOLDER, 'package.json'))(name);
}
