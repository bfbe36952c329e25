// Making a Whisper file, and changing the two rules in its header.

import { bad, good, type Result } from '../base/result.ts';
import { pythonNumber } from '../base/number.ts';
import type { Files } from '../host/files.ts';
import { checkArchives } from './archives.ts';
import { METHODS, parseMethod, type Method } from './aggregate.ts';
import { fileSizeBytes, headBytes, viewOf, type ArchiveShape } from './format.ts';
import type { Whisper } from './open.ts';

export const X_FILES_FACTOR_DEFAULT = 0.5;
export const METHOD_DEFAULT: Method = 'average';

/** How coarser archives are filled; a part that is null takes whisper's default. */
export interface Rollup {
  readonly xFilesFactor: number | null;
  readonly method: string | null;
}

/**
 * Makes the file. All rules are checked before anything is written; whisper checks the rollup late and then
 * leaves an empty file behind.
 */
export function createWhisper(
  files: Files,
  path: string,
  shapes: readonly ArchiveShape[],
  rollup: Rollup = { xFilesFactor: null, method: null },
): Result<null> {
  const archives = checkArchives(shapes);
  if (!archives.ok) return archives;
  const checked = checkRollup(rollup);
  if (!checked.ok) return checked;
  const { method, xFilesFactor } = checked.value;
  const head = headBytes(method, xFilesFactor, archives.value);
  const made = files.create(path, head, fileSizeBytes(archives.value));
  if (!made.ok && files.exists(path)) return bad(`File ${path} already exists!`);
  return made;
}

/** Changes method, xFilesFactor or both in the header; points stay as they are. */
export function setRollup(whisper: Whisper, rollup: Rollup): Result<null> {
  const { header, file } = whisper;
  const checked = checkRollup({
    xFilesFactor: rollup.xFilesFactor ?? header.xFilesFactor,
    method: rollup.method ?? header.method,
  });
  if (!checked.ok) return checked;
  const methodBytes = new Uint8Array(4);
  viewOf(methodBytes).setUint32(0, METHODS.indexOf(checked.value.method) + 1);
  const written = file.write(0, methodBytes);
  if (!written.ok) return written;
  const factorBytes = new Uint8Array(4);
  viewOf(factorBytes).setFloat32(0, checked.value.xFilesFactor);
  return file.write(8, factorBytes);
}

function checkRollup(rollup: Rollup): Result<{ method: Method; xFilesFactor: number }> {
  const xFilesFactor = rollup.xFilesFactor ?? X_FILES_FACTOR_DEFAULT;
  const name = rollup.method ?? METHOD_DEFAULT;
  const method = parseMethod(name);
  if (method === null) return bad(`Unrecognized aggregation method: ${name}`);
  if (!(xFilesFactor >= 0 && xFilesFactor <= 1))
    return bad(`Invalid xFilesFactor ${pythonNumber(xFilesFactor)}, not between 0 and 1`);
  return good({ method, xFilesFactor });
}
