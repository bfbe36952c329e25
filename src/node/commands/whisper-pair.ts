// `stacklab whisper merge` and `fill`: what one file knows goes into another.

import type { Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { fill } from '../../core/whisper/fill.ts';
import { merge } from '../../core/whisper/merge.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import { parseEpoch } from './options.ts';
import { nowOr, print, withWhisper } from './whisper-file.ts';

interface MergeOptions {
  readonly from?: number;
  readonly until?: number;
  readonly now?: number;
}

export function addWhisperMerge(whisper: Command): void {
  whisper
    .command('merge')
    .description('copies what one file knows over another with the same archives')
    .argument('<from>', 'the file to read')
    .argument('<to>', 'the file to write')
    .option('--from <epoch>', 'only what is later (default: all)', parseEpoch)
    .option('--until <epoch>', 'only what is not later (default: now)', parseEpoch)
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .action((source: string, target: string, options: MergeOptions) => {
      const now = nowOr(options.now);
      const { from = 0, until = now } = options;
      print(
        withTwo(source, target, (reading, writing) =>
          silently(merge(reading, writing, { from, until, now })),
        ),
      );
    });
}

export function addWhisperFill(whisper: Command): void {
  whisper
    .command('fill')
    .description('fills gaps of more than one slot from another file; what is known stays')
    .argument('<src>', 'the file to read')
    .argument('<dst>', 'the file with the gaps')
    .option('--lock', 'taken and without effect: one command writes at a time')
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .action((source: string, target: string, options: { now?: number }) =>
      print(
        withTwo(source, target, (reading, writing) =>
          silently(fill(reading, writing, nowOr(options.now))),
        ),
      ),
    );
}

function withTwo(
  source: string,
  target: string,
  use: (reading: Whisper, writing: Whisper) => Result<string>,
): Result<string> {
  return withWhisper(source, 'r', (reading) =>
    withWhisper(target, 'r+', (writing) => use(reading, writing)),
  );
}

/** Both say nothing when all went well, as their models do. */
function silently(done: Result<null>): Result<string> {
  return done.ok ? good('') : bad(done.why);
}
