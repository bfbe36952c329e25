// The port to what core does not compute itself: hashes, ciphers, dice that nobody can guess, and files of passwords.

import type { Result } from '../base/result.ts';

export interface Secrets {
  sha1(message: Uint8Array): Uint8Array;
  sha256(message: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array;
  /**
   * AES-256 in output feedback: the same call encrypts and decrypts. `key` has 32 bytes, `iv` 16, the result as many as
   * `text`.
   */
  aes256Ofb(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Uint8Array;
  randomBytes(count: number): Uint8Array;
  /** Each call of the result gives the file as it is now; the same text again as long as nobody has changed it. */
  passwordFile(path: string): () => Result<string>;
}
