// Small text files that are read and replaced whole.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { bad, good, type Result } from '../core/base/result.ts';
import { messageOf } from './files.ts';

export function readOrNull(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** The text of a file that somebody named; `why` shows the name. */
export function readNamed(path: string): Result<string> {
  try {
    return good(readFileSync(path, 'utf8'));
  } catch (error) {
    return bad(`The file ${path} cannot be read: ${messageOf(error)}.`);
  }
}

/** Replaces a small file so that a crash leaves the old or the new one, never half. */
export function replaceFile(path: string, text: string): Result<null> {
  try {
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
    return good(null);
  } catch (error) {
    return bad(`Writing ${path} failed: ${messageOf(error)}.`);
  }
}
