// A Whisper file in use: its bytes and its header, which is read once.

import { bad, good, type Result } from '../base/result.ts';
import type { ByteFile, Files } from '../host/files.ts';
import { readHeader, type Header } from './format.ts';

export interface Whisper {
  readonly path: string;
  readonly file: ByteFile;
  readonly header: Header;
}

/** Null when there is no such file. Whoever opens it closes it with `whisper.file.close()`. */
export function openWhisper(files: Files, path: string): Result<Whisper | null> {
  const file = files.open(path);
  if (!file) return good(null);
  const header = readHeader(file, path);
  if (!header.ok) {
    file.close();
    return bad(header.why);
  }
  return good({ path, file, header: header.value });
}
