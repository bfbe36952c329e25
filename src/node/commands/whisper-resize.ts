// `stacklab whisper resize`: the points of a file in other archives.

import { chownSync, existsSync, rmSync, statSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { METHODS } from '../../core/whisper/aggregate.ts';
import { createWhisper } from '../../core/whisper/create.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import { copyInto } from '../../core/whisper/resize.ts';
import { parseRetentions } from '../../core/whisper/retention.ts';
import { emptySlotsNote, rollUpInto } from '../../core/whisper/rollup-into.ts';
import { messageOf } from '../files.ts';
import { backupOf, flush, swapIn } from '../swap.ts';
import { parseEpoch, parseFactor } from './options.ts';
import { fileAt, nowOr, print, withWhisper } from './whisper-file.ts';

interface Options {
  readonly xFilesFactor?: number;
  readonly aggregationMethod?: string;
  readonly newfile?: string;
  readonly nobackup?: boolean;
  readonly aggregate?: boolean;
  readonly chownUid?: number;
  readonly chownGid?: number;
  readonly quiet?: boolean;
  readonly silent?: boolean;
  readonly now?: number;
}

export function addWhisperResize(whisper: Command): void {
  whisper
    .command('resize')
    .description('changes the archives of a file: path timePerPoint:timeToStore …')
    .argument('<path>', 'a Whisper file')
    .argument('<retentions...>', 'like 10s:6h 1m:7d')
    .option('--xFilesFactor <part>', 'change the known part that a coarse point needs', parseFactor)
    .option('--aggregationMethod <method>', `change the method: ${METHODS.join(', ')}`)
    .option('--force', 'taken and without effect')
    .option('--newfile <path>', 'make this file and leave the old one alone')
    .option('--nobackup', 'remove the .bak file at the end')
    .option('--aggregate', 'compute every archive anew, each from the finest old points')
    .option('--sparse', 'taken and without effect: new files are sparse where the disk can')
    .option('--fallocate', 'taken and without effect')
    .option('--chown-uid <id>', 'owner of the new file', parseId)
    .option('--chown-gid <id>', 'group of the new file', parseId)
    .option('--quiet', 'say only what went wrong')
    .option('--silent', 'the same')
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .action((path: string, retentions: readonly string[], options: Options) =>
      print(resize(path, retentions, options)),
    );
}

function resize(path: string, retentions: readonly string[], options: Options): Result<string> {
  const say = (line: string): void => {
    if (!options.quiet && !options.silent) process.stdout.write(`${line}\n`);
  };
  const target = options.newfile ?? `${path}.tmp`;
  const built = withWhisper(path, 'r', (old) => build(old, target, retentions, options, say));
  if (!built.ok) return built;
  if (options.newfile !== undefined) {
    if (built.value !== null) say(built.value);
    return good('');
  }
  const backup = backupOf(path);
  say(`Renaming old database to: ${backup}`);
  say(`Renaming new database to: ${path}`);
  const swapped = swapIn(target, path);
  if (!swapped.ok) {
    rmSync(target, { force: true });
    return swapped;
  }
  if (options.nobackup) {
    say(`Unlinking backup: ${backup}`);
    rmSync(backup);
  }
  if (built.value !== null) say(built.value);
  return good('');
}

/** Gives what is to be said at the end, or null. */
function build(
  old: Whisper,
  target: string,
  retentions: readonly string[],
  options: Options,
  say: (line: string) => void,
): Result<string | null> {
  const shapes = parseRetentions(retentions);
  if (!shapes.ok) return shapes;
  say('Retrieving all data from the archives');
  if (options.newfile === undefined && existsSync(target)) {
    say(`Removing previous temporary database file: ${target}`);
    rmSync(target);
  }
  say(`Creating new whisper database: ${target}`);
  const made = createWhisper(fileAt(target, 'r+'), target, shapes.value, {
    xFilesFactor: options.xFilesFactor ?? old.header.xFilesFactor,
    method: options.aggregationMethod ?? old.header.method,
  });
  if (!made.ok) return made;
  say(`Created: ${target} (${statSync(target).size} bytes)`);
  say(`Migrating data ${options.aggregate ? 'with aggregation' : 'without aggregation'}...`);
  const now = nowOr(options.now);
  const filled = withWhisper(target, 'r+', (file): Result<string | null> => {
    const copied = options.aggregate ? rollUpInto(old, file, now) : copyInto(old, file, now);
    if (!copied.ok) return copied;
    return good(options.aggregate ? emptySlotsNote(old.header, file.header) : null);
  });
  const finished = filled.ok ? finish(target, options) : filled;
  // Half a file would only be in the way.
  if (!finished.ok) rmSync(target);
  return finished.ok ? filled : finished;
}

const UNCHANGED = -1;

function finish(target: string, { chownUid, chownGid }: Options): Result<null> {
  try {
    if (chownUid !== undefined || chownGid !== undefined)
      chownSync(target, chownUid ?? UNCHANGED, chownGid ?? UNCHANGED);
    flush(target);
    return good(null);
  } catch (error) {
    return bad(`${target} could not be finished: ${messageOf(error)}`);
  }
}

function parseId(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It wants the number of a user or group.');
  return Number(text);
}
