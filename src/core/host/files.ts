// The port to files, synchronous. Paths are relative to one folder, parts joined by "/". A path that would
// leave the folder is refused by what writes, and for what reads there is nothing at it.

import { bad, good, type Bad, type Result } from '../base/result.ts';
import { encodeUtf8 } from '../base/text.ts';

export interface Files {
  /** Whether there is a file; a folder is none. */
  exists(path: string): boolean;
  /**
   * Opens a file for reading and writing in place; null when it is not there. Throws when the system refuses: rights, or
   * too many files.
   */
  open(path: string): ByteFile | null;
  /**
   * Makes a file of `sizeBytes` that begins with `head`, the rest zeros, and the folders above it.
   * All or nothing: the file appears under its name only when complete. Fails when it exists. A power cut before the
   * next sync of the disk may leave it without its content.
   */
  create(path: string, head: Uint8Array, sizeBytes: number): Result<null>;
  /** The whole content; null when it is not there. */
  readAll(path: string): Uint8Array | null;
  /** Puts `bytes` in the place of the whole content, all or nothing; makes file and folders. */
  replace(path: string, bytes: Uint8Array): Result<null>;
  /** Adds at the end; makes file and folders. */
  append(path: string, bytes: Uint8Array): Result<null>;
  /** What a folder holds, sorted by name; empty when there is no such folder. "" is the root. */
  list(folder: string): readonly Entry[];
  /** False when there was nothing to remove. */
  remove(path: string): boolean;
  /** Gives a file another name, at which there must be nothing. */
  rename(path: string, to: string): Result<null>;
}

export interface ByteFile {
  sizeBytes(): number;
  /**
   * Exactly `length` bytes, fewer only at the end of the file. They may be put into `room`, where that is large enough: who
   * reads a long stretch piece by piece needs room for one.
   */
  read(at: number, length: number, room?: Uint8Array): Uint8Array;
  write(at: number, bytes: Uint8Array): Result<null>;
  /** When it was last written to, in seconds since 1970; null where that is not kept. */
  changedS(): number | null;
  close(): void;
}

export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What was to be written is not on the disk, or only a part of it; nothing is lost, and it may be tried again. */
export interface NotWritten extends Bad {
  readonly notWritten: 'full' | 'refused';
}

export function notWritten(why: string, reason: NotWritten['notWritten']): NotWritten {
  return { ...bad(why), notWritten: reason };
}

/** Why a disk did not take something; null when it did, or when the failure is another one. */
export function whyNotWritten(result: Result<unknown>): NotWritten['notWritten'] | null {
  return result.ok || !('notWritten' in result) ? null : (result as NotWritten).notWritten;
}

/**
 * Longest part of a path in bytes: 255 is what Linux, macOS and Windows file systems all keep, less the
 * ".tmp" that a host may put behind a name while it writes.
 */
export const PATH_PART_MAX = 255 - '.tmp'.length;

/** So many characters, of three bytes at most each as JavaScript counts them, are never too long. */
const PATH_PART_CHARACTERS_SAFE = Math.floor(PATH_PART_MAX / 3);

/** The path itself when it stays inside its folder; both hosts ask this first. */
export function checkPath(path: string): Result<string> {
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..')
      return bad(`The path "${path}" has a part "${part}", which could leave its folder.`);
    if (part.includes('\0') || part.includes('\\'))
      return bad(`The path "${path}" has a character that no file name may have.`);
    if (part.length > PATH_PART_CHARACTERS_SAFE && encodeUtf8(part).length > PATH_PART_MAX)
      return bad(`The path "${path}" has a part of more than ${PATH_PART_MAX} bytes.`);
  }
  return good(path);
}
