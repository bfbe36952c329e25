// Packets that are signed or encrypted, and what opens them again.
//
//   Sign       0x0200 | length | HMAC-SHA256, 32 bytes | user        then the parts as they are
//                                 over user and parts, with the password as the key
//   Encrypt    0x0210 | length | length of user u16 | user | IV, 16 bytes | encrypted: SHA-1 of the parts, parts
//                                 AES-256 in OFB mode; its key is the SHA-256 of the password
//
// Neither keeps a packet from being sent again by somebody else: its values are then too old for the cache.

import { joinBytes } from '../../base/bytes.ts';
import { bad, good, type Result } from '../../base/result.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../../base/text.ts';
import type { Secrets } from '../../host/secrets.ts';
import { HEAD_BYTES, PART } from './parts.ts';

export type SecurityLevel = 'none' | 'sign' | 'encrypt';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The password of a user; null when there is no such user. */
export type PasswordOf = (username: string) => string | null;

const HMAC_BYTES = 32;
const IV_BYTES = 16;
const SHA1_BYTES = 20;
/** Of the part, without the name of the user. */
const SIGNATURE_BYTES = HEAD_BYTES + HMAC_BYTES;
const ENCRYPTION_BYTES = HEAD_BYTES + 2 + IV_BYTES + SHA1_BYTES;

/** So long a name still fits into what a packet keeps free. */
export const USERNAME_BYTES_MAX = 64;

export function secured(
  parts: Uint8Array,
  level: SecurityLevel,
  { username, password }: Credentials,
  secrets: Secrets,
): Uint8Array {
  const user = encodeUtf8(username);
  if (level === 'sign') {
    const told = joinBytes([user, parts]);
    const hmac = secrets.hmacSha256(encodeUtf8(password), told);
    return joinBytes([head(PART.signature, SIGNATURE_BYTES + user.length), hmac, told]);
  }
  if (level === 'encrypt') {
    const iv = secrets.randomBytes(IV_BYTES);
    const key = secrets.sha256(encodeUtf8(password));
    const hidden = secrets.aes256Ofb(key, iv, joinBytes([secrets.sha1(parts), parts]));
    const bytes = ENCRYPTION_BYTES + user.length + parts.length;
    return joinBytes([head(PART.encryption, bytes), u16(user.length), user, iv, hidden]);
  }
  return parts;
}

/** The user who signed `rest`, a signature part and all behind it, and the parts that are signed. */
export function verified(
  rest: Uint8Array,
  partBytes: number,
  passwordOf: PasswordOf,
  secrets: Secrets,
): Result<Uint8Array> {
  if (partBytes <= SIGNATURE_BYTES) return bad(`a signature of only ${partBytes} bytes`);
  const user = decodeUtf8Lossy(rest.subarray(SIGNATURE_BYTES, partBytes));
  const password = passwordOf(user);
  if (password === null) return unknown(user);
  const hmac = secrets.hmacSha256(encodeUtf8(password), rest.subarray(SIGNATURE_BYTES));
  return isSame(hmac, rest.subarray(HEAD_BYTES, SIGNATURE_BYTES))
    ? good(rest.subarray(partBytes))
    : bad(`a wrong signature: another password of "${user}", or a packet that was changed`);
}

/** The parts inside an encryption part. */
export function decrypted(
  part: Uint8Array,
  passwordOf: PasswordOf,
  secrets: Secrets,
): Result<Uint8Array> {
  if (part.length <= ENCRYPTION_BYTES) return bad(`an encryption of only ${part.length} bytes`);
  const userAt = HEAD_BYTES + 2;
  const userBytes = ((part[HEAD_BYTES] ?? 0) << 8) | (part[HEAD_BYTES + 1] ?? 0);
  if (userBytes === 0 || userBytes >= part.length - ENCRYPTION_BYTES)
    return bad(`an encryption whose user has ${userBytes} bytes`);
  const ivAt = userAt + userBytes;
  const user = decodeUtf8Lossy(part.subarray(userAt, ivAt));
  const password = passwordOf(user);
  if (password === null) return unknown(user);
  const hiddenAt = ivAt + IV_BYTES;
  const key = secrets.sha256(encodeUtf8(password));
  const open = secrets.aes256Ofb(key, part.subarray(ivAt, hiddenAt), part.subarray(hiddenAt));
  const parts = open.subarray(SHA1_BYTES);
  return isSame(secrets.sha1(parts), open.subarray(0, SHA1_BYTES))
    ? good(parts)
    : bad(`a wrong checksum: another password of "${user}", or a packet that was changed`);
}

function unknown(user: string): Result<never> {
  return bad(`the user "${user}", whom its AuthFile does not have`);
}

/** Takes as long whatever differs, so that nobody can guess a signature byte by byte. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let differs = one.length ^ other.length;
  for (const [at, byte] of one.entries()) differs |= byte ^ (other[at] ?? 0);
  return differs === 0;
}

function head(kind: number, bytes: number): Uint8Array {
  return joinBytes([u16(kind), u16(bytes)]);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
