// All that a Whisper file holds, read with our own reader, archive by archive and whatever the time is.

import type { Files } from '../../src/core/host/files.ts';
import { POINT_BYTES, viewOf, type Header } from '../../src/core/whisper/format.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';

/** Time in seconds -> value. */
export type Points = ReadonlyMap<number, number>;

export interface StoredFile {
  readonly header: Header;
  readonly sizeBytes: number;
  /** Finest first. */
  readonly archives: readonly Points[];
}

/** Null when there is no such file, or not all of it: the real whisper makes files under the eyes of others. */
export function storedFile(files: Files, path: string): StoredFile | null {
  const opened = openWhisper(files, path);
  if (!opened.ok || opened.value === null) return null;
  const { file, header } = opened.value;
  const archives = header.archives.map((archive) =>
    pointsOf(file.read(archive.offsetBytes, archive.sizeBytes)),
  );
  const sizeBytes = file.sizeBytes();
  file.close();
  return { header, sizeBytes, archives };
}

// In order of time, wherever the ring begins. A time of 0 was never written.
function pointsOf(bytes: Uint8Array): Points {
  const view = viewOf(bytes);
  const points: [number, number][] = [];
  for (let at = 0; at < bytes.length; at += POINT_BYTES)
    if (view.getUint32(at) !== 0) points.push([view.getUint32(at), view.getFloat64(at + 4)]);
  return new Map(points.sort(([a], [b]) => a - b));
}
