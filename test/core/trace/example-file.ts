// The file that questions about files are asked of.

import { createWhisper } from '../../../src/core/whisper/create.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from '../../tools/memory-files.ts';

/** A multiple of 60, so that slots are easy to count. */
export const NOW = 1_700_000_040;

/** A point every `everyS` seconds for the last ten minutes, in slots of 10 s for 10 minutes and 60 s for an hour. */
export function makeFile(everyS: number): Whisper {
  const files = makeMemoryFiles();
  createWhisper(files, 'a.wsp', [
    { secondsPerPoint: 10, points: 60 },
    { secondsPerPoint: 60, points: 60 },
  ]);
  const opened = openWhisper(files, 'a.wsp');
  if (!opened.ok || opened.value === null) throw new Error('The file did not open.');
  const points = Array.from({ length: Math.ceil(600 / everyS) }, (_, i) => ({
    time: NOW - i * everyS,
    value: i,
  }));
  updateMany(opened.value, points, NOW);
  return opened.value;
}
