// The rules that the archives of one file keep, so that every coarse slot is made of whole fine slots:
//
//   archive 0  |.|.|.|.|.|.|.|.|.|.|              10 s   each coarser one divides evenly,
//   archive 1  |. . .|. . .|. . .|. . .|. . .|    30 s   reaches further back,
//   archive 2  |. . . . . .|. . . . . .|. . ...   60 s   and fits into the points of the finer one

import { bad, good, type Result } from '../base/result.ts';
import { fileSizeBytes, U32_MAX, type ArchiveShape } from './format.ts';

/** The shapes sorted finest first, or the first rule they break, in whisper's own words. */
export function checkArchives(shapes: readonly ArchiveShape[]): Result<readonly ArchiveShape[]> {
  if (shapes.length === 0) return bad('You must specify at least one archive configuration!');
  const sorted = shapes.toSorted((a, b) => a.secondsPerPoint - b.secondsPerPoint);
  for (const [i, coarser] of sorted.entries()) {
    const finer = sorted[i - 1];
    if (!finer) continue;
    const why = whyNotNeighbours(finer, coarser, i - 1);
    if (why !== null) return bad(why);
  }
  // Whisper writes such files and cannot read them back.
  for (const { secondsPerPoint, points } of sorted)
    if (secondsPerPoint < 1 || points < 1)
      return bad(`An archive of ${points} points every ${secondsPerPoint} seconds holds nothing.`);
  const sizeBytes = fileSizeBytes(sorted);
  const retentionS = Math.max(...sorted.map((shape) => shape.secondsPerPoint * shape.points));
  if (sizeBytes > U32_MAX || retentionS > U32_MAX)
    return bad(
      `These archives need ${sizeBytes} bytes for ${retentionS} seconds; a Whisper file counts both up to ${U32_MAX}.`,
    );
  return good(sorted);
}

function whyNotNeighbours(
  finer: ArchiveShape,
  coarser: ArchiveShape,
  index: number,
): string | null {
  const names = [`archive${index}`, `archive${index + 1}`] as const;
  if (finer.secondsPerPoint === coarser.secondsPerPoint)
    return `A Whisper database may not be configured having two archives with the same precision (${names[0]}: ${pair(finer)}, ${names[1]}: ${pair(coarser)})`;
  if (coarser.secondsPerPoint % finer.secondsPerPoint !== 0)
    return `Higher precision archives' precision must evenly divide all lower precision archives' precision (${names[0]}: ${finer.secondsPerPoint}, ${names[1]}: ${coarser.secondsPerPoint})`;
  const finerS = finer.secondsPerPoint * finer.points;
  const coarserS = coarser.secondsPerPoint * coarser.points;
  if (coarserS <= finerS)
    return `Lower precision archives must cover larger time intervals than higher precision archives (${names[0]}: ${finerS} seconds, ${names[1]}: ${coarserS} seconds)`;
  const needed = coarser.secondsPerPoint / finer.secondsPerPoint;
  if (finer.points < needed)
    return `Each archive must have at least enough points to consolidate to the next archive (${names[1]} consolidates ${needed} of ${names[0]}'s points but it has only ${finer.points} total points)`;
  return null;
}

function pair(shape: ArchiveShape): string {
  return `(${shape.secondsPerPoint}, ${shape.points})`;
}
