// A Whisper file: one metric, kept at one or more precisions. Its size never changes after creation.
//
//   byte 0                16        28        40          big-endian, nothing between the parts
//        +----------------+---------+---------+------------------+----------------------+
//        | header         | archive | archive | points of the    | points of the        |
//        |                | entry 0 | entry 1 | finest archive   | next coarser archive |
//        +----------------+---------+---------+------------------+----------------------+
//
//   header (16)   method u32 | longest retention in seconds u32 | xFilesFactor f32 | archives u32
//   entry  (12)   offset in the file u32 | seconds per point u32 | number of points u32
//   point  (12)   start of the slot, seconds since 1970 u32 | value f64
//
// A point of twelve zero bytes was never written.

import { f32At, u32At } from '../base/bytes.ts';
import { bad, good, type Result } from '../base/result.ts';
import type { ByteFile } from '../host/files.ts';
import { METHODS, type Method } from './aggregate.ts';

export interface Header {
  readonly method: Method;
  /** Seconds that the coarsest archive reaches back. */
  readonly maxRetentionS: number;
  /** As stored: the nearest float32, so 0.1 reads as 0.10000000149011612. */
  readonly xFilesFactor: number;
  /** Finest first. */
  readonly archives: readonly Archive[];
}

export interface Archive {
  readonly offsetBytes: number;
  readonly secondsPerPoint: number;
  readonly points: number;
  readonly retentionS: number;
  readonly sizeBytes: number;
}

/** What a retention such as "10s:6h" asks for. */
export interface ArchiveShape {
  readonly secondsPerPoint: number;
  readonly points: number;
}

export const HEADER_BYTES = 16;
export const ARCHIVE_ENTRY_BYTES = 12;
export const POINT_BYTES = 12;
/** Offsets and times are u32. */
export const U32_MAX = 0xffffffff;
/** More than any real file has; a larger count comes from a file that is not Whisper. */
export const ARCHIVES_MAX = 1024;

/** What holds the header and the entries of a file with four archives: one read for nearly all files. */
const HEAD_BYTES_USUAL = HEADER_BYTES + 4 * ARCHIVE_ENTRY_BYTES;

const NOT_READABLE = 'Unable to read header';

/** The header of an open file; `path` is only shown in `why`. */
export function readHeader(file: ByteFile, path: string): Result<Header> {
  const head = readHead(file, path);
  return head.ok ? good(head.value.header) : head;
}

/** The header with the bytes that were read for it: they often reach to the first points. */
export function readHead(
  file: ByteFile,
  path: string,
): Result<{ readonly header: Header; readonly bytes: Uint8Array }> {
  let bytes = file.read(0, HEAD_BYTES_USUAL);
  if (bytes.length < HEADER_BYTES) return bad(`${NOT_READABLE} (${path})`);
  const method = METHODS[u32At(bytes, 0) - 1];
  const xFilesFactor = f32At(bytes, 8);
  const archiveCount = u32At(bytes, 12);
  const isFraction = xFilesFactor >= 0 && xFilesFactor <= 1;
  if (method === undefined || !isFraction || archiveCount === 0 || archiveCount > ARCHIVES_MAX)
    return bad(`${NOT_READABLE} (${path})`);

  const headSizeBytes = HEADER_BYTES + archiveCount * ARCHIVE_ENTRY_BYTES;
  if (headSizeBytes > HEAD_BYTES_USUAL) bytes = file.read(0, headSizeBytes);
  const whole = Math.floor((bytes.length - HEADER_BYTES) / ARCHIVE_ENTRY_BYTES);
  if (whole < archiveCount) return bad(`Unable to read archive${whole} metadata (${path})`);
  const archives: Archive[] = [];
  for (let i = 0; i < archiveCount; i++) {
    const archive = readEntry(bytes, HEADER_BYTES + i * ARCHIVE_ENTRY_BYTES);
    if (archive.secondsPerPoint === 0 || archive.points === 0)
      return bad(`Unable to read archive${i} metadata (${path})`);
    archives.push(archive);
  }
  const header = { method, maxRetentionS: u32At(bytes, 4), xFilesFactor, archives };
  return good({ header, bytes });
}

/** The bytes of header and archive entries for a new file. */
export function headBytes(
  method: Method,
  xFilesFactor: number,
  shapes: readonly ArchiveShape[],
): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + shapes.length * ARCHIVE_ENTRY_BYTES);
  const view = viewOf(bytes);
  view.setUint32(0, METHODS.indexOf(method) + 1);
  view.setUint32(4, Math.max(...shapes.map((shape) => shape.secondsPerPoint * shape.points)));
  view.setFloat32(8, xFilesFactor);
  view.setUint32(12, shapes.length);
  let offsetBytes = bytes.length;
  for (const [i, shape] of shapes.entries()) {
    const at = HEADER_BYTES + i * ARCHIVE_ENTRY_BYTES;
    view.setUint32(at, offsetBytes);
    view.setUint32(at + 4, shape.secondsPerPoint);
    view.setUint32(at + 8, shape.points);
    offsetBytes += shape.points * POINT_BYTES;
  }
  return bytes;
}

/** Size of a file with these archives. */
export function fileSizeBytes(shapes: readonly ArchiveShape[]): number {
  const points = shapes.reduce((sum, shape) => sum + shape.points, 0);
  return HEADER_BYTES + shapes.length * ARCHIVE_ENTRY_BYTES + points * POINT_BYTES;
}

/** For long pieces: see base/bytes.ts. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readEntry(bytes: Uint8Array, at: number): Archive {
  const secondsPerPoint = u32At(bytes, at + 4);
  const points = u32At(bytes, at + 8);
  return {
    offsetBytes: u32At(bytes, at),
    secondsPerPoint,
    points,
    retentionS: secondsPerPoint * points,
    sizeBytes: points * POINT_BYTES,
  };
}
