// A Whisper file in use: its bytes and its header, which is read once.

import { u32At } from '../base/bytes.ts';
import { bad, good, type Result } from '../base/result.ts';
import { notWritten, type ByteFile, type Files } from '../host/files.ts';
import { POINT_BYTES, readHead, type Header } from './format.ts';

export interface Whisper {
  readonly path: string;
  readonly file: ByteFile;
  readonly header: Header;
  /**
   * The time in the first point of each archive, by its offset, once it was read or written; 0 while the archive is empty.
   * The ring may put a later one there; it leads to the same places.
   */
  readonly bases: Map<number, number>;
}

/** Null when there is no such file. Whoever opens it closes it with `whisper.file.close()`. */
export function openWhisper(files: Files, path: string): Result<Whisper | null> {
  const opened = openFile(files, path);
  if (!opened.ok) return opened;
  const file = opened.value;
  if (!file) return good(null);
  const head = readHead(file, path);
  if (!head.ok) {
    file.close();
    return bad(head.why);
  }
  const { header, bytes } = head.value;
  return good({ path, file, header, bases: firstBase(header, bytes) });
}

/** The file as it is; a failure where the system refuses to open it. */
export function openFile(files: Files, path: string): Result<ByteFile | null> {
  try {
    return good(files.open(path));
  } catch (error) {
    return notWritten(`Opening ${path} failed: ${String(error)}`, 'refused');
  }
}

function firstBase({ archives }: Header, bytes: Uint8Array): Map<number, number> {
  const at = archives[0]?.offsetBytes ?? 0;
  const bases = new Map<number, number>();
  if (at + POINT_BYTES <= bytes.length) bases.set(at, u32At(bytes, at));
  return bases;
}
