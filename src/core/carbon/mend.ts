// What a crash may have left of a Whisper file, before it is written to again.
//
// All that changed since the last sync of the disk may be there or not, sector by sector. The points of that time are in
// the journal and come again; what has to be right is where they go: the header, the size, and the time in the first slot
// of each archive.

import { good, type Result } from '../base/result.ts';
import type { ByteFile, Files } from '../host/files.ts';
import { HEADER_BYTES } from '../whisper/format.ts';
import { openFile } from '../whisper/open.ts';
import { applyRepairs, headRepairs, slotRepairs } from '../whisper/repair.ts';

/** Removes the file at `path` or mends it in place; false when there is none, or none any more. */
export function mendAfterCrash(files: Files, path: string): Result<boolean> {
  const opened = openFile(files, path);
  if (!opened.ok) return opened;
  const file = opened.value;
  if (file === null) return good(false);
  const isMade = hasHead(file);
  const mended = isMade ? mend(file, path) : good(null);
  file.close();
  if (!mended.ok) return mended;
  // A file without a header was made after the last sync: all its points are in the journal.
  if (!isMade) files.remove(path);
  return good(isMade);
}

function hasHead(file: ByteFile): boolean {
  const head = file.read(0, HEADER_BYTES);
  return head.length === HEADER_BYTES && head.some((byte) => byte !== 0);
}

/** What cannot be mended is left as it is: writing to it will put it aside. */
function mend(file: ByteFile, path: string): Result<null> {
  for (const repairsOf of [headRepairs, slotRepairs]) {
    const repairs = repairsOf(file, path);
    const applied = repairs.ok ? applyRepairs(file, repairs.value) : good(null);
    if (!applied.ok) return applied;
  }
  return good(null);
}
