// `stacklab whisper find-corrupt`: files that cannot be read as they should, and with --repair, mended.

import { copyFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import type { ByteFile } from '../../core/host/files.ts';
import { readHeader } from '../../core/whisper/format.ts';
import type { Repair } from '../../core/whisper/repair-ring.ts';
import { applyRepairs, headRepairs, isCompressed, slotRepairs } from '../../core/whisper/repair.ts';
import { messageOf } from '../files.ts';
import { makeProgress } from '../progress.ts';
import { flush, swapIn } from '../swap.ts';
import { walkWhisper } from '../whisper-walk.ts';
import { fileAt } from './whisper-file.ts';

interface Options {
  readonly deleteCorrupt?: boolean;
  readonly repair?: boolean;
  readonly verbose?: boolean;
}

export function addWhisperFindCorrupt(whisper: Command): void {
  whisper
    .command('find-corrupt')
    .description(
      'finds files with a broken header or a missing end; with --repair also looks into every slot',
    )
    .argument('<dirs...>', 'folders with Whisper files')
    .option('--delete-corrupt', 'remove files whose header cannot be read')
    .option(
      '--repair',
      'mend what can be mended, while nothing else writes; the old file stays as FILE.bak',
    )
    .option('--verbose', 'say which folders and files are looked at')
    .action((dirs: readonly string[], options: Options, command: Command) => {
      for (const dir of dirs) {
        const isFolder = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
        if (!isFolder) return command.error(`error: ${dir} is not a directory!`);
      }
      for (const dir of dirs) findIn(realpathSync(dir), options);
    });
}

function findIn(root: string, options: Options): void {
  const progress = makeProgress('Looking for corrupt files');
  for (const { path: folder, files, why } of walkWhisper(root)) {
    if (options.verbose) console.log(`Scanning ${folder}…`);
    if (why !== null) console.error(`Cannot look into ${folder}: ${why}`);
    for (const path of files) {
      progress.step(path);
      const found = look(path, options);
      if (found.report.length > 0) progress.clear();
      for (const line of found.report) console.error(line);
      if (options.verbose && found.points !== null) console.log(`${path}: ${found.points} points`);
    }
  }
  progress.clear();
}

interface Found {
  readonly report: readonly string[];
  /** Null when the header cannot be read. */
  readonly points: number | null;
}

function look(path: string, options: Options): Found {
  try {
    const file = fileAt(path, 'r').open(path);
    if (file === null) return { report: [`Cannot open ${path}`], points: null };
    try {
      return lookInto(file, path, options);
    } finally {
      file.close();
    }
  } catch (error) {
    return { report: [`Cannot open ${path}: ${messageOf(error)}`], points: null };
  }
}

function lookInto(file: ByteFile, path: string, options: Options): Found {
  // find-corrupt-whisper-files would call it corrupt, and delete it.
  if (isCompressed(file))
    return { report: [`Compressed by go-carbon, left as it is: ${path}`], points: null };
  const header = readHeader(file, path);
  const head = headRepairs(file, path);
  if (!header.ok) {
    // The words of find-corrupt-whisper-files; what is wrong is said behind them.
    const word = options.deleteCorrupt ? 'Deleting corrupt' : 'Corrupt';
    if (options.deleteCorrupt) rmSync(path);
    return {
      report: [`${word} Whisper file: ${path}`, ...(head.ok ? [] : [`  ${head.why}`])],
      points: null,
    };
  }
  const points = header.value.archives.reduce((sum, archive) => sum + archive.points, 0);
  return { report: options.repair ? repair(path, head) : damage(path, head), points };
}

function damage(path: string, head: Result<readonly Repair[]>): readonly string[] {
  if (!head.ok) return left(path, head.why);
  if (head.value.length === 0) return [];
  const lines = head.value.map(({ what }) => `  With --repair: ${what}`);
  return [`Damaged Whisper file: ${path}`, ...lines];
}

/** Works on a copy, so that whatever fails leaves the file as it was. */
function repair(path: string, head: Result<readonly Repair[]>): readonly string[] {
  if (!head.ok) return left(path, head.why);
  const copy = `${path}.tmp`;
  try {
    const mended = mend(path, copy, head.value);
    if (!mended.ok) return left(path, mended.why);
    if (mended.value.length === 0) return [];
    const swapped = swapIn(copy, path);
    if (!swapped.ok) return left(path, swapped.why);
    return [`Repaired Whisper file: ${path}`, ...mended.value.map(({ what }) => `  ${what}`)];
  } catch (error) {
    return left(path, messageOf(error));
  } finally {
    rmSync(copy, { force: true });
  }
}

function mend(path: string, copy: string, head: readonly Repair[]): Result<readonly Repair[]> {
  // Most files are as they should be: those are read, not copied.
  if (head.length === 0) {
    const slots = withFile(path, 'r', (file) => slotRepairs(file, path));
    if (!slots.ok || slots.value.length === 0) return slots;
  }
  copyFileSync(path, copy);
  const mended = withFile(copy, 'r+', (file) => {
    const begun = applyRepairs(file, head);
    if (!begun.ok) return begun;
    const slots = slotRepairs(file, path);
    if (!slots.ok) return slots;
    const ended = applyRepairs(file, slots.value);
    return ended.ok ? good([...head, ...slots.value]) : ended;
  });
  if (mended.ok) flush(copy);
  return mended;
}

function withFile<T>(
  path: string,
  access: 'r' | 'r+',
  use: (file: ByteFile) => Result<T>,
): Result<T> {
  const file = fileAt(path, access).open(path);
  if (file === null) return bad(`File "${path}" does not exist!`);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

function left(path: string, why: string): readonly string[] {
  return [`Damaged Whisper file: ${path}`, `  left as it is: ${why}`];
}
