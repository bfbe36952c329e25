// What lies in a folder of Whisper files, read with our own reader, archive by archive.

import { readdirSync } from 'node:fs';
import { canonicalName } from '../../src/core/carbon/series-name.ts';
import { POINT_BYTES, viewOf, type Header } from '../../src/core/whisper/format.ts';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { makeDiskFiles } from '../tools/disk-files.ts';

/** Time in seconds -> value. */
export type Points = ReadonlyMap<number, number>;

export interface StoredFile {
  readonly header: Header;
  readonly sizeBytes: number;
  /** Finest first. */
  readonly archives: readonly Points[];
}

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

/** Null when there is no such file, or not all of it: the real whisper makes files under the eyes of others. */
export function fileIn(folder: string, path: string): StoredFile | null {
  const opened = openWhisper(makeDiskFiles(folder), path);
  if (!opened.ok || opened.value === null) return null;
  const { file, header } = opened.value;
  const archives = header.archives.map((archive) =>
    pointsOf(file.read(archive.offsetBytes, archive.sizeBytes)),
  );
  const sizeBytes = file.sizeBytes();
  file.close();
  return { header, sizeBytes, archives };
}

/** All files of a folder, with the points of the finest archive of each. */
export function storedIn(folder: string): Readonly<Record<string, Points | undefined>> {
  return Object.fromEntries(
    pathsBelow(folder).map((path) => [path, fileIn(folder, path)?.archives[0]]),
  );
}

// In order of time, wherever the ring begins. A time of 0 was never written.
function pointsOf(bytes: Uint8Array): Points {
  const view = viewOf(bytes);
  const points: [number, number][] = [];
  for (let at = 0; at < bytes.length; at += POINT_BYTES)
    if (view.getUint32(at) !== 0) points.push([view.getUint32(at), view.getFloat64(at + 4)]);
  return new Map(points.sort(([a], [b]) => a - b));
}
