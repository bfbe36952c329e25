// What lies in a folder of Whisper files.

import { readdirSync } from 'node:fs';
import { canonicalName } from '../../src/core/carbon/series-name.ts';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { makeDiskFiles } from '../tools/disk-files.ts';
import { storedFile, type Points, type StoredFile } from '../tools/stored-file.ts';

/** Where a Carbon keeps a metric of this name. */
export function pathOf(name: string): string {
  const canonical = canonicalName(name);
  const path = metricPath(canonical.ok ? canonical.value : name);
  if (!path.ok) throw new Error(path.why);
  return path.value;
}

/** Paths of all files below a folder, sorted; whatever lies there. */
export function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .sort();
}

/** See `storedFile`. */
export function fileIn(folder: string, path: string): StoredFile | null {
  return storedFile(makeDiskFiles(folder), path);
}

/** All files of a folder, with the points of the finest archive of each. */
export function storedIn(folder: string): Readonly<Record<string, Points | undefined>> {
  return Object.fromEntries(
    pathsBelow(folder).map((path) => [path, fileIn(folder, path)?.archives[0]]),
  );
}
