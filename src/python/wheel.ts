// A wheel: the zip in which a Python package travels (PEP 427). Ours are stored, not compressed, and have one fixed
// date: the same sources are the same bytes, on every machine.
//
//   clinic_units/__init__.py               the modules
//   clinic_units-1.1.dist-info/METADATA    name, version, what it needs
//   clinic_units-1.1.dist-info/WHEEL       for which Pythons it is made: all of them
//   clinic_units-1.1.dist-info/RECORD      every file with its hash and size

import { joinBytes } from '../core/base/bytes.ts';
import { crc32 } from '../core/base/crc32.ts';
import { sha256Hex } from '../core/base/sha256.ts';
import { encodeUtf8 } from '../core/base/text.ts';

export interface Wheel {
  /** `clinic_units-1.1-py3-none-any.whl` */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** `>=3.9`; null where it does not say. */
  readonly requiresPython: string | null;
}

const WHEEL = `Wheel-Version: 1.0
Generator: stacklab
Root-Is-Purelib: true
Tag: py3-none-any
`;

/** `modules` by path: `clinic_units/__init__.py`. */
export function makeWheel(metadata: string, modules: Readonly<Record<string, string>>): Wheel {
  const name = `${fieldOf(metadata, 'Name')?.replace(/[-_.]+/g, '_')}-${fieldOf(metadata, 'Version')}`;
  const info = `${name}.dist-info`;
  const texts = { ...modules, [`${info}/METADATA`]: metadata, [`${info}/WHEEL`]: WHEEL };
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: encodeUtf8(text) }));
  const record = files.map(
    ({ path, bytes }) => `${path},sha256=${base64Url(sha256Hex(bytes))},${bytes.length}\n`,
  );
  // RECORD cannot hold its own hash.
  const path = `${info}/RECORD`;
  files.push({ path, bytes: encodeUtf8(`${record.join('')}${path},,\n`) });
  return {
    file: `${name}-py3-none-any.whl`,
    bytes: zip(files),
    requiresPython: fieldOf(metadata, 'Requires-Python'),
  };
}

function fieldOf(metadata: string, name: string): string | null {
  return new RegExp(`^${name}: (.+)$`, 'm').exec(metadata)?.[1] ?? null;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Three digits of hex are two of this; without the padding, which RECORD does not have. */
function base64Url(hex: string): string {
  let text = '';
  for (let at = 0; at < hex.length; at += 3) {
    const three = Number.parseInt(hex.slice(at, at + 3).padEnd(3, '0'), 16);
    text += `${DIGITS[three >> 6]}${DIGITS[three & 63]}`;
  }
  return text.slice(0, Math.ceil((hex.length * 4) / 6));
}

interface ZipFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** 1 January 1980, the first day that a zip can tell. */
const DATE = (1 << 5) | 1;
const VERSION = 20;
/** Paths are UTF-8. */
const FLAGS = 0x800;
/** Made on Unix, and what belongs there beside each file: an ordinary one, which all may read. */
const MADE_BY = (3 << 8) | VERSION;
const MODE = 0o100_644;

/** Each file behind its head; then the same heads once more as a table; then where that table begins. */
function zip(files: readonly ZipFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const table: Uint8Array[] = [];
  let at = 0;
  for (const { path, bytes } of files) {
    const name = encodeUtf8(path);
    const facts = [u16(VERSION), u16(FLAGS), u16(0), u16(0), u16(DATE), u32(crc32(bytes))];
    facts.push(u32(bytes.length), u32(bytes.length), u16(name.length), u16(0));
    const head = joinBytes([u32(0x04034b50), ...facts, name]);
    parts.push(head, bytes);
    const place = [u16(0), u16(0), u16(0), u16(0), u16(MODE), u32(at)];
    table.push(joinBytes([u32(0x02014b50), u16(MADE_BY), ...facts, ...place, name]));
    at += head.length + bytes.length;
  }
  const whole = joinBytes(table);
  const count = u16(files.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(whole.length), u32(at), u16(0)];
  return joinBytes([...parts, whole, ...end]);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}
