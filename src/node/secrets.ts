// Hashes, ciphers and chance of Node, and files of passwords that are read again when they change.

import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { bad, type Result } from '../core/base/result.ts';
import type { Secrets } from '../core/host/secrets.ts';
import { messageOf } from './files.ts';
import { readNamed } from './small-files.ts';

/** So many users of so long passwords as anybody has. */
const PASSWORD_FILE_BYTES_MAX = 4 * 1024 * 1024;

export const nodeSecrets: Secrets = {
  sha1: (message) => createHash('sha1').update(message).digest(),
  sha256: (message) => createHash('sha256').update(message).digest(),
  hmacSha256: (key, message) => createHmac('sha256', key).update(message).digest(),
  aes256Ofb: (key, iv, text) => createCipheriv('aes-256-ofb', key, iv).update(text),
  randomBytes: (count) => randomBytes(count),
  passwordFile,
};

function passwordFile(path: string): () => Result<string> {
  let state = '';
  let text: Result<string> = bad(`The file ${path} was not read yet.`);
  return () => {
    try {
      const { mtimeMs, size, ino } = statSync(path);
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now === state && text.ok) return text;
      state = now;
      text =
        size > PASSWORD_FILE_BYTES_MAX
          ? bad(`The file ${path} has more than ${PASSWORD_FILE_BYTES_MAX} bytes.`)
          : readNamed(path);
    } catch (error) {
      text = bad(`The file ${path} cannot be read: ${messageOf(error)}.`);
    }
    return text;
  };
}
