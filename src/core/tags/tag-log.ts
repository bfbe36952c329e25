// The series with tags, kept in a file: files of tagged series are called by a hash, which tells no name.
//
//   {"series":"disk.used;dc=paris;host=web1"}
//   {"gone":"disk.used;dc=paris;host=web1"}
//
// Carbon adds a line when it makes a file, and a web server of another process reads what was added since it looked last.
// A line that cannot be read is passed over and told; a power cut may have left half of the last one.

import { jsonObject } from '../base/json-object.ts';
import type { Result } from '../base/result.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import { canonicalName } from '../carbon/series-name.ts';
import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import { makeTagIndex, type TagIndex } from './tag-index.ts';

export interface TagLog {
  add(path: string): Result<string>;
  remove(path: string): Result<string>;
  /** All that is known now, by this process or another. */
  index(): TagIndex;
}

/** Its name beside what else a stack keeps of its own. */
export const TAGS_FILE = 'tags.jsonl';

/** Bytes that are read at once: what other processes added. */
const READ_BYTES = 1 << 20;

export function openTagLog(files: Files, name: string, log: Log): TagLog {
  let index = makeTagIndex();
  let readBytes = 0;
  let unread = 0;

  function take(line: string): void {
    if (line === '') return;
    const entry = entryOf(line);
    if (entry === null) unread++;
    else if (entry.isGone) index.remove(entry.path);
    else index.add(entry.path);
  }

  /** Whole lines that were added since; half of one is left for the next time. */
  function catchUp(): void {
    const file = files.open(name);
    if (file === null) return;
    const sizeBytes = file.sizeBytes();
    // Somebody began the file anew.
    if (sizeBytes < readBytes) {
      index = makeTagIndex();
      readBytes = 0;
    }
    const unreadBefore = unread;
    while (readBytes < sizeBytes) {
      const bytes = file.read(readBytes, Math.min(READ_BYTES, sizeBytes - readBytes));
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      if (end === 0) {
        // So long a line is none of ours.
        if (bytes.length < READ_BYTES) break;
        readBytes += bytes.length;
        continue;
      }
      for (const line of decodeUtf8Lossy(bytes.subarray(0, end)).split('\n')) take(line);
      readBytes += end;
    }
    file.close();
    if (unread > unreadBefore)
      log.say('warning', 'Passed over tags that cannot be read.', {
        name,
        lines: unread - unreadBefore,
      });
  }

  function append(entry: Readonly<Record<string, string>>): Result<null> {
    return files.append(name, encodeUtf8(`${JSON.stringify(entry)}\n`));
  }

  endHalfLine(files, name);
  catchUp();
  return {
    add(path) {
      const canonical = canonicalName(path);
      if (canonical.ok && index.has(canonical.value)) return canonical;
      const added = index.add(path);
      if (!added.ok) return added;
      // As it came, so that its tags keep their order.
      const written = append({ series: path });
      if (written.ok) return added;
      // What is not kept is told again when it comes again.
      index.remove(path);
      return written;
    },
    remove(path) {
      catchUp();
      const removed = index.remove(path);
      if (!removed.ok) return removed;
      const written = append({ gone: removed.value });
      return written.ok ? removed : written;
    },
    index() {
      catchUp();
      return index;
    },
  };
}

const NEWLINE = '\n'.charCodeAt(0);

/** What follows the last newline was cut off: the next entry begins on a line of its own. */
function endHalfLine(files: Files, name: string): void {
  const file = files.open(name);
  if (file === null) return;
  const sizeBytes = file.sizeBytes();
  const last = sizeBytes > 0 ? file.read(sizeBytes - 1, 1)[0] : NEWLINE;
  file.close();
  if (last !== NEWLINE) files.append(name, Uint8Array.of(NEWLINE));
}

function entryOf(line: string): { readonly path: string; readonly isGone: boolean } | null {
  const { series, gone } = jsonObject(line) ?? {};
  if (typeof series === 'string') return { path: series, isGone: false };
  return typeof gone === 'string' ? { path: gone, isGone: true } : null;
}
