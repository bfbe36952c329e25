// A job on Whisper files: so many calls of one operation, of which each opens its file and closes it, as who has more files
// than handles must.

import type { Result } from '../../src/core/base/result.ts';
import type { Files } from '../../src/core/host/files.ts';
import { fetchSlots } from '../../src/core/whisper/fetch.ts';
import { openWhisper, type Whisper } from '../../src/core/whisper/open.ts';
import { update } from '../../src/core/whisper/update.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeNodeFiles } from '../../src/node/files.ts';

export interface Job {
  readonly op: 'update' | 'update_many' | 'fetch';
  readonly folder: string;
  readonly files: number;
  readonly calls: number;
  /** Time of the first point; a fetch begins behind it. */
  readonly first: number;
  /** In one call. */
  readonly points: number;
}

export function doJob({ op, folder, files: count, calls, first, points }: Job): void {
  const files = makeNodeFiles(folder);
  for (let n = 0; n < calls; n++) {
    const time = first + Math.floor(n / count) * 10;
    const nowS = Math.floor(Date.now() / 1000);
    withFile<unknown>(files, n % count, (whisper) => {
      if (op === 'update') return update(whisper, time, n, nowS);
      if (op === 'fetch') return fetchSlots(whisper, first, first + points, nowS);
      const batch = [];
      for (let k = 0; k < points; k++) batch.push({ time: first + k * 10, value: n + k });
      return updateMany(whisper, batch, nowS);
    });
  }
}

export function withFile<T>(files: Files, n: number, act: (whisper: Whisper) => Result<T>): T {
  const whisper = valueOf(openWhisper(files, fileName(n)));
  if (whisper === null) throw new Error(`There is no ${fileName(n)}.`);
  const done = valueOf(act(whisper));
  whisper.file.close();
  return done;
}

export function fileName(n: number): string {
  return `f${n}.wsp`;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.why);
  return result.value;
}
