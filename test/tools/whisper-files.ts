// Random Whisper files, whole and broken, the same for the same dice.

import type { Random } from '../../src/core/base/random.ts';
import { METHODS } from '../../src/core/whisper/aggregate.ts';
import { checkArchives } from '../../src/core/whisper/archives.ts';
import { createWhisper } from '../../src/core/whisper/create.ts';
import type { ArchiveShape } from '../../src/core/whisper/format.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { updateMany } from '../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from './memory-files.ts';

const FILE = 'm.wsp';

export function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.below(choices.length)] as T;
}

/** One to three archives that keep whisper's rules. */
export function randomShapes(random: Random): readonly ArchiveShape[] {
  for (;;) {
    let secondsPerPoint = pick(random, [1, 2, 10, 60]);
    const shapes = Array.from({ length: 1 + random.below(3) }, () => {
      const shape = { secondsPerPoint, points: 4 + random.below(40) };
      secondsPerPoint *= 2 + random.below(5);
      return shape;
    });
    if (checkArchives(shapes).ok) return shapes;
  }
}

/** A file that was written for some turns of its rings, until `now`, with gaps. */
export function makeWhisperBytes(
  random: Random,
  shapes: readonly ArchiveShape[],
  now: number,
): Uint8Array {
  const files = makeMemoryFiles();
  const xFilesFactor = pick(random, [0, 0.1, 0.3, 0.5, 0.75, 1]);
  createWhisper(files, FILE, shapes, { xFilesFactor, method: pick(random, METHODS) });
  const opened = openWhisper(files, FILE);
  if (!opened.ok || !opened.value) throw new Error('The new file did not open.');
  const retentionS = opened.value.header.maxRetentionS;
  const batches = random.below(12);
  for (let left = batches; left > 0; left--) {
    const at = now - Math.floor((retentionS * (left - 1)) / 6);
    const count = random.below(30);
    const spreadS = pick(random, [10, 120, retentionS]);
    const points = Array.from({ length: count }, () => ({
      time: at - random.below(spreadS),
      value: pick(random, [0, -0, 1, 2.5, -7, 1e300, random.fraction() * 1000]),
    }));
    updateMany(opened.value, points, at);
  }
  return files.contents.get(FILE) ?? new Uint8Array(0);
}

/** A copy that was cut, has wrong bits, is empty, all zeros, or has nothing to do with Whisper. */
export function makeBroken(random: Random, whole: Uint8Array): Uint8Array {
  const bytes = whole.slice();
  const kind = pick(random, [
    'cut',
    'cut',
    'bits',
    'bits',
    'head',
    'zeros',
    'empty',
    'random',
  ] as const);
  if (kind === 'empty') return new Uint8Array(0);
  if (kind === 'zeros') return bytes.fill(0);
  if (kind === 'cut') return bytes.slice(0, random.below(bytes.length));
  if (kind === 'random') return bytes.map(() => random.below(256));
  const reach = kind === 'head' ? Math.min(52, bytes.length) : bytes.length;
  for (let i = 1 + random.below(4); i > 0; i--) {
    const at = random.below(reach);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return bytes;
}
