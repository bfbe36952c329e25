// Many coarse slots at once leave the same bytes as one after the other.

import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import { METHODS } from '../../../src/core/whisper/aggregate.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import { propagate } from '../../../src/core/whisper/propagate.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from '../../tools/memory-files.ts';
import { timesInTier } from '../../tools/tier.ts';
import { plainPropagate } from './plain-propagate.ts';

const SEED = 20_261_127;
const FILES_FULL = 2000;
const T = 1_700_000_000;

const files = timesInTier(FILES_FULL);
test(
  `${files} random files get the same coarse slots both ways (seed ${SEED})`,
  { timeout: 60_000 },
  () => {
    let written = 0;
    let refused = 0;
    for (let i = 0; i < files; i++) {
      const random = makeRandom(SEED + i);
      const [one, many] = [makeFile(makeRandom(SEED + i)), makeFile(makeRandom(SEED + i))];
      const [finer, coarser] = one.header.archives;
      if (finer === undefined || coarser === undefined) throw new Error('There are two archives.');
      const times = Array.from({ length: 1 + random.below(60) }, () => T - random.below(400)).sort(
        (a, b) => a - b,
      );
      const wanted = plainPropagate(one, times, finer, coarser);
      expect([i, propagate(many, times, finer, coarser)]).toEqual([i, { ok: true, value: wanted }]);
      expect(bytesOf(many)).toEqual(bytesOf(one));
      written += wanted.written;
      refused += wanted.refused;
    }
    expect(Math.min(written, refused)).toBeGreaterThan(files);
  },
);

function makeFile(random: Random): Whisper {
  const memory = makeMemoryFiles();
  const ratio = 1 + random.below(6);
  const step = [1, 5, 10][random.below(3)] ?? 1;
  const points = ratio + random.below(30);
  const coarse = {
    secondsPerPoint: step * (ratio + 1),
    points: points + random.below(30),
  };
  const rollup = { xFilesFactor: random.below(11) / 10, method: METHODS[random.below(8)] ?? 'sum' };
  const made = createWhisper(
    memory,
    'm.wsp',
    [{ secondsPerPoint: step, points: points + 1 }, coarse],
    rollup,
  );
  const opened = openWhisper(memory, 'm.wsp');
  if (!made.ok || !opened.ok || opened.value === null) throw new Error('The file was not made.');
  const list = Array.from({ length: random.below(80) }, () => ({
    time: T - random.below(400),
    value: random.below(2000) - 1000,
  }));
  updateMany(opened.value, list, T);
  return opened.value;
}

function bytesOf({ file }: Whisper): Uint8Array {
  return file.read(0, file.sizeBytes());
}
