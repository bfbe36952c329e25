// The files that Include in a collectd.conf names.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { bad, good } from '../core/base/result.ts';
import type { ConfFiles } from '../core/collect/include.ts';
import { messageOf } from './files.ts';
import { isMissing } from './open-file.ts';

export const CONF_FILES: ConfFiles = {
  environment: process.env,
  read(path) {
    try {
      return good(readFileSync(path, 'utf8'));
    } catch (error) {
      if (isMissing(error) && !isFolder(path)) return null;
      return bad(`${path} cannot be read: ${messageOf(error)}.`);
    }
  },
  list(path) {
    try {
      return isFolder(path) ? readdirSync(path).sort() : null;
    } catch {
      // Whoever then reads it as a file hears why not.
      return null;
    }
  },
};

/** So is a link to one: the files of conf.d often are links. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
