// All Whisper files below a folder, folder by folder.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WHISPER_SUFFIX } from '../core/whisper/metric-path.ts';
import { messageOf } from './files.ts';

export interface WalkedFolder {
  readonly path: string;
  /** Paths of its Whisper files, sorted. */
  readonly files: readonly string[];
  /** Why it could not be listed; null when it could. */
  readonly why: string | null;
}

/** Links to folders are not followed: they could lead in circles. */
export function* walkWhisper(root: string): Generator<WalkedFolder> {
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const { files, folders, why } = list(path);
    yield { path, files, why };
    for (const folder of folders.toReversed()) waiting.push(folder);
  }
}

function list(path: string): {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly why: string | null;
} {
  try {
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const pathsOf = (list: typeof entries): readonly string[] =>
      list.map(({ name }) => join(path, name));
    return {
      files: pathsOf(
        entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(WHISPER_SUFFIX)),
      ),
      folders: pathsOf(entries.filter((entry) => entry.isDirectory())),
      why: null,
    };
  } catch (error) {
    return { files: [], folders: [], why: messageOf(error) };
  }
}
