// Mending a Whisper file where what is right follows from the rest of it.
//
//   header   method, xFilesFactor, number of archives, steps and points of each: the witnesses. When they make no file
//            that whisper would make, nothing can be trusted, and the file is left
//   header   longest retention, offsets: follow from the steps and points
//   size     follows too; what was cut off at the end becomes empty slots
//   slots    the time in a slot fits its step and its place in the ring; what does not is removed
//
// A wrong number of points shows in two of offsets, longest retention and size, so no more than one of the three may be
// wrong. And when most slots of an archive do not fit, its step is more likely wrong than they are.

import { putU32 } from '../base/bytes.ts';
import { bad, good, type Result } from '../base/result.ts';
import { decodeUtf8 } from '../base/text.ts';
import type { ByteFile } from '../host/files.ts';
import { checkArchives } from './archives.ts';
import {
  ARCHIVE_ENTRY_BYTES,
  fileSizeBytes,
  HEADER_BYTES,
  POINT_BYTES,
  readHeader,
  type Archive,
  type Header,
} from './format.ts';
import { ringRepairs, type Repair } from './repair-ring.ts';

/** What header and size need; `why` says what cannot be trusted. Reads no slots. */
export function headRepairs(file: ByteFile, path: string): Result<readonly Repair[]> {
  const nothing = whyNothing(file);
  if (nothing !== null) return bad(`${nothing} (${path})`);
  const header = readHeader(file, path);
  if (!header.ok) return header;
  const checked = checkArchives(header.value.archives);
  if (!checked.ok) return bad(`${checked.why} (${path})`);
  if (checked.value.some((archive, i) => archive !== header.value.archives[i]))
    return bad(`The archives are not in order, the finest first (${path})`);
  const repairs = [
    ...retentionRepair(header.value),
    ...offsetRepair(header.value),
    ...sizeRepair(header.value, file.sizeBytes()),
  ];
  return repairs.length <= 1
    ? good(repairs)
    : bad(`Points, offsets, longest retention and size do not fit each other (${path})`);
}

/** What the slots need, once header and size are right. Reads the whole file. */
export function slotRepairs(file: ByteFile, path: string): Result<readonly Repair[]> {
  const header = readHeader(file, path);
  if (!header.ok) return header;
  const repairs: Repair[] = [];
  for (const [i, archive] of header.value.archives.entries()) {
    const found = ringRepairs(file, archive, i);
    if (!found.ok) return bad(`${found.why} (${path})`);
    repairs.push(...found.value);
  }
  return good(repairs);
}

/** Writes what was found; the file is mended in place, so give a copy. */
export function applyRepairs(file: ByteFile, repairs: readonly Repair[]): Result<null> {
  for (const { at, bytes } of repairs.flatMap(({ writes }) => writes)) {
    const written = file.write(at, bytes);
    if (!written.ok) return written;
  }
  return good(null);
}

/** go-carbon can write a format of its own under the same names; it is whole, and none of ours to judge. */
export function isCompressed(file: ByteFile): boolean {
  const magic = file.read(0, COMPRESSED_MAGIC.length);
  return decodeUtf8(magic) === COMPRESSED_MAGIC;
}

const COMPRESSED_MAGIC = 'whisper_compressed';

/** A file without anything in it: a full disk leaves such ones. */
function whyNothing(file: ByteFile): string | null {
  const sizeBytes = file.sizeBytes();
  if (sizeBytes === 0) return 'The file is empty';
  for (let at = 0; at < sizeBytes; at += CHUNK_BYTES)
    if (file.read(at, CHUNK_BYTES).some((byte) => byte !== 0)) return null;
  return 'The file holds nothing but zeros';
}

const CHUNK_BYTES = 65_536;

function retentionRepair({ archives, maxRetentionS }: Header): readonly Repair[] {
  const right = Math.max(...archives.map(({ retentionS }) => retentionS));
  if (maxRetentionS === right) return [];
  return [
    {
      what: `the longest retention was ${maxRetentionS} s, and the archives reach back ${right} s; it is set`,
      writes: [{ at: 4, bytes: u32Bytes(right) }],
    },
  ];
}

function offsetRepair({ archives }: Header): readonly Repair[] {
  let right = HEADER_BYTES + archives.length * ARCHIVE_ENTRY_BYTES;
  const writes: { at: number; bytes: Uint8Array }[] = [];
  const wrong: string[] = [];
  for (const [i, archive] of archives.entries()) {
    if (archive.offsetBytes !== right) {
      wrong.push(`archive ${i} began at byte ${archive.offsetBytes} in place of ${right}`);
      writes.push({ at: HEADER_BYTES + i * ARCHIVE_ENTRY_BYTES, bytes: u32Bytes(right) });
    }
    right += archive.sizeBytes;
  }
  return wrong.length === 0 ? [] : [{ what: `${wrong.join(', ')}; the offset is set`, writes }];
}

/** A file that is longer than its archives harms nobody. */
function sizeRepair({ archives }: Header, sizeBytes: number): readonly Repair[] {
  const right = fileSizeBytes(archives);
  if (sizeBytes >= right) return [];
  return [
    {
      what: `the file was cut at byte ${sizeBytes} of ${right}; the rest is made of empty slots`,
      writes: [...emptied(archives, sizeBytes), { at: right - 1, bytes: Uint8Array.of(0) }],
    },
  ];
}

/** A slot of which only the beginning is there would hold a time and half a value. */
function emptied(
  archives: readonly Archive[],
  sizeBytes: number,
): readonly { at: number; bytes: Uint8Array }[] {
  const [first] = archives;
  const start = first?.offsetBytes ?? sizeBytes;
  const half = (sizeBytes - start) % POINT_BYTES;
  return half > 0 ? [{ at: sizeBytes - half, bytes: new Uint8Array(half) }] : [];
}

function u32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  putU32(bytes, 0, value);
  return bytes;
}
