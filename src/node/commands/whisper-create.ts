// `stacklab whisper create`: makes a file, or tells how large it would be.

import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { good, type Result } from '../../core/base/result.ts';
import { METHODS } from '../../core/whisper/aggregate.ts';
import {
  createWhisper,
  METHOD_DEFAULT,
  X_FILES_FACTOR_DEFAULT,
} from '../../core/whisper/create.ts';
import { fileSizeBytes } from '../../core/whisper/format.ts';
import { parseRetentions } from '../../core/whisper/retention.ts';
import { parseFactor } from './options.ts';
import { percentF } from './python-text.ts';
import { besideOf, fileAt, print } from './whisper-file.ts';

interface Options {
  readonly xFilesFactor: number;
  readonly aggregationMethod: string;
  readonly overwrite?: boolean;
  readonly estimate?: boolean;
}

export function addWhisperCreate(whisper: Command): void {
  whisper
    .command('create')
    .description('makes a file: path timePerPoint:timeToStore …, like a.wsp 10s:6h 1m:7d')
    .argument('<args...>', 'path and retentions; with --estimate retentions alone')
    .option(
      '--xFilesFactor <part>',
      'known part that a coarse point needs',
      parseFactor,
      X_FILES_FACTOR_DEFAULT,
    )
    .option('--aggregationMethod <method>', METHODS.join(', '), METHOD_DEFAULT)
    .option('--overwrite', 'replace a file that exists')
    .option('--estimate', 'only tell how large the file would be')
    .option('--sparse', 'taken and without effect: new files are sparse where the disk can')
    .option('--fallocate', 'taken and without effect')
    .action((args: readonly string[], options: Options, command: Command) => {
      if (options.estimate) return print(estimate(args));
      const [path = '', ...retentions] = args;
      if (retentions.length === 0)
        return command.error('error: there is a path and no retention, like 10s:6h.');
      print(create(path, retentions, options));
    });
}

function create(path: string, retentions: readonly string[], options: Options): Result<string> {
  const shapes = parseRetentions(retentions);
  if (!shapes.ok) return shapes;
  const rollup = { xFilesFactor: options.xFilesFactor, method: options.aggregationMethod };
  const isThere = existsSync(path);
  // whisper-create removes the old file first, and has none left when a rule is broken.
  const target = isThere && options.overwrite ? besideOf(path) : path;
  if (target !== path) rmSync(target, { force: true });
  const made = createWhisper(fileAt(target, 'r+'), target, shapes.value, rollup);
  if (!made.ok) return made;
  if (target !== path) renameSync(target, path);
  const notice = target === path ? '' : `Overwriting existing file: ${path}\n`;
  return good(`${notice}Created: ${path} (${statSync(path).size} bytes)\n`);
}

const BLOCK_BYTES = 4096;
const THOUSANDS_OF_METRICS = [1, 5, 10, 50, 100, 500];

function estimate(args: readonly string[]): Result<string> {
  const [first = ''] = args;
  const retentions = args.length === 1 && first.includes(',') ? first.split(',') : args;
  const shapes = parseRetentions(retentions);
  if (!shapes.ok) return shapes;
  const sizeBytes = fileSizeBytes(shapes.value);
  const diskBytes = Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  const lines = [
    ...shapes.value.map(
      ({ secondsPerPoint, points }, i) =>
        `Archive ${i}: ${points} points of ${secondsPerPoint}s precision`,
    ),
    `\nEstimated Whisper DB Size: ${showBytes(sizeBytes)} (${diskBytes} bytes on disk with 4k blocks)\n`,
    ...THOUSANDS_OF_METRICS.map(
      (x) => `Estimated storage requirement for ${x}k metrics: ${showBytes(x * 1000 * diskBytes)}`,
    ),
  ];
  return good(`${lines.join('\n')}\n`);
}

function showBytes(bytes: number): string {
  let size = bytes;
  for (const unit of ['bytes', 'KB', 'MB']) {
    if (size < 1024) return `${percentF(size, 3)}${unit}`;
    size /= 1024;
  }
  return `${percentF(size, 3)}GB`;
}
