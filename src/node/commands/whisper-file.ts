// One Whisper file under any path: what the whisper commands work on.

import { basename, dirname, join, resolve } from 'node:path';
import { bad, type Result } from '../../core/base/result.ts';
import type { Files } from '../../core/host/files.ts';
import { openWhisper, type Whisper } from '../../core/whisper/open.ts';
import { makeNodeFiles } from '../files.ts';

/** Runs `use` on the file and closes it; `why` shows the path as it was typed. */
export function withWhisper<T>(
  path: string,
  access: 'r' | 'r+',
  use: (whisper: Whisper) => Result<T>,
): Result<T> {
  const opened = openWhisper(fileAt(path, access), path);
  if (!opened.ok) return opened;
  if (opened.value === null) return bad(`File "${path}" does not exist!`);
  const result = use(opened.value);
  opened.value.file.close();
  return result;
}

/** Files in which every path is this one, so that sentences of core show it as it was typed. */
export function fileAt(path: string, access: 'r' | 'r+'): Files {
  const place = resolve(path);
  const files = makeNodeFiles(dirname(place), access);
  const name = basename(place);
  return {
    ...files,
    open: () => files.open(name),
    create: (_, head, sizeBytes) => files.create(name, head, sizeBytes),
  };
}

/** How far back a question goes that does not say so. */
export const DAY_S = 86_400;

/** The time that was said with --now, or that of this machine. */
export function nowOr(said: number | undefined): number {
  return said ?? Math.floor(Date.now() / 1000);
}

/** Where a file is made before it takes the place of another. */
export function besideOf(path: string): string {
  const place = resolve(path);
  return join(dirname(place), `${basename(place)}.new`);
}

/** Prints what a whisper command found, or its error as Debian's tools do. */
export function print(result: Result<string>): void {
  if (result.ok) {
    process.stdout.write(result.value);
    return;
  }
  console.error(`[ERROR] ${result.why}`);
  process.exitCode = 1;
}
