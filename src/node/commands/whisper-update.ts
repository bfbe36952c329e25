// `stacklab whisper update`: writes points into a file, those of the command line or of standard input.

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { parsePythonFloat } from '../../core/base/number.ts';
import { bad, good, type Result } from '../../core/base/result.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import type { TimedValue } from '../../core/whisper/point.ts';
import { updateMany } from '../../core/whisper/update-many.ts';
import { update } from '../../core/whisper/update.ts';
import { parseEpoch } from './options.ts';
import { nowOr, print, withWhisper } from './whisper-file.ts';

const STDIN = 0;

export function addWhisperUpdate(whisper: Command): void {
  whisper
    .command('update')
    .description('writes points: path timestamp:value …; without points, lines from standard input')
    .argument('<path>', 'a Whisper file')
    .argument('[points...]', 'timestamp:value; the timestamp N is now')
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .action(
      (path: string, args: readonly string[], options: { now?: number }, command: Command) => {
        if (args.length === 0 && process.stdin.isTTY)
          return command.error(
            'error: there are no points, neither as arguments nor on standard input.',
          );
        const texts = args.length > 0 ? args : linesOf(readFileSync(STDIN, 'utf8'));
        const now = nowOr(options.now);
        const points = parsePoints(texts, now);
        if (!points.ok) return command.error(`error: ${points.why}`);
        print(withWhisper(path, 'r+', (file) => write(file, points.value, now)));
      },
    );
}

/** One point alone must fit; of several, whisper drops those that do not without a word. We say so. */
function write(whisper: Whisper, points: readonly TimedValue[], now: number): Result<string> {
  const [first] = points;
  if (first === undefined) return good('');
  if (points.length === 1) {
    const written = update(whisper, first.time, first.value, now);
    return written.ok ? good('') : written;
  }
  const written = updateMany(whisper, points, now);
  if (!written.ok) return written;
  const { tooOld } = written.value;
  if (tooOld > 0)
    console.error(
      `${tooOld} of ${points.length} points are older than every archive: not written.`,
    );
  return good('');
}

function linesOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((line) => line !== '');
}

function parsePoints(texts: readonly string[], now: number): Result<readonly TimedValue[]> {
  const points: TimedValue[] = [];
  for (const text of texts) {
    const [, timeText = '', valueText = ''] = /^([+-]?\d+|N):(.+)$/.exec(text) ?? [];
    const value = parsePythonFloat(valueText);
    if (value === null)
      return bad(`a point is timestamp:value, like 1700000000:1.5, not "${text}".`);
    points.push({ time: timeText === 'N' ? now : Number(timeText), value });
  }
  return good(points);
}
