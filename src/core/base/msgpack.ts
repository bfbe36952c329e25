// Writes MessagePack, each value in its shortest form, as Python's msgpack does with use_bin_type.
//
//   92 a1 61 cb 40 14 00 00 00 00 00 00      = ['a', 5.0]
//   |  |     float in eight bytes
//   |  text of one byte
//   list of two
//
// https://github.com/msgpack/msgpack/blob/master/spec.md

import { makeByteWriter, type ByteWriter } from './byte-writer.ts';
import { encodeUtf8 } from './text.ts';

/** A number is a float, a bigint an int. */
export type Packed =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Packed[]
  | ReadonlyMap<string, Packed>
  | Float64Array;

/** In a Float64Array, NaN is nil: a gap. */
export function msgpack(value: Packed): Uint8Array<ArrayBuffer> {
  const out = makeByteWriter();
  write(out, value);
  return out.done();
}

function write(out: ByteWriter, value: Packed): void {
  if (value === null) out.byte(0xc0);
  else if (typeof value === 'boolean') out.byte(value ? 0xc3 : 0xc2);
  else if (typeof value === 'number') writeFloat(out, value);
  else if (typeof value === 'bigint') writeInt(out, value);
  else if (typeof value === 'string') writeText(out, value);
  else if (value instanceof Float64Array) {
    writeLength(out, value.length, 0x90, 16, 0xdc);
    for (const one of value)
      if (Number.isNaN(one)) out.byte(0xc0);
      else writeFloat(out, one);
  } else if (value instanceof Map) {
    writeLength(out, value.size, 0x80, 16, 0xde);
    for (const [key, one] of value as ReadonlyMap<string, Packed>) {
      writeText(out, key);
      write(out, one);
    }
  } else {
    const list = value as readonly Packed[];
    writeLength(out, list.length, 0x90, 16, 0xdc);
    for (const one of list) write(out, one);
  }
}

function writeFloat(out: ByteWriter, value: number): void {
  out.byte(0xcb);
  out.f64(value);
}

function writeInt(out: ByteWriter, value: bigint): void {
  const number = Number(value);
  if (value >= -0x20n && value < 0x80n) out.byte(number & 0xff);
  else if (value >= 0n && value < 0x100n) put(out, 0xcc, () => out.byte(number));
  else if (value >= 0n && value < 0x10000n) put(out, 0xcd, () => out.u16(number));
  else if (value >= 0n && value < 0x1_0000_0000n) put(out, 0xce, () => out.u32(number));
  else if (value >= 0n) put(out, 0xcf, () => out.i64(BigInt.asIntN(64, value)));
  else if (value >= -0x80n) put(out, 0xd0, () => out.byte(number & 0xff));
  else if (value >= -0x8000n) put(out, 0xd1, () => out.u16(number & 0xffff));
  else if (value >= -0x8000_0000n) put(out, 0xd2, () => out.u32(number >>> 0));
  else put(out, 0xd3, () => out.i64(value));
}

function put(out: ByteWriter, code: number, rest: () => void): void {
  out.byte(code);
  rest();
}

function writeText(out: ByteWriter, text: string): void {
  const bytes = encodeUtf8(text);
  if (bytes.length < 32) out.byte(0xa0 | bytes.length);
  else if (bytes.length < 0x100) {
    out.byte(0xd9);
    out.byte(bytes.length);
  } else writeLength(out, bytes.length, 0, 0, 0xda);
  out.bytes(bytes);
}

/** `few` holds lengths below `fewMax` in one byte; `many` is followed by two bytes, the code behind it by four. */
function writeLength(
  out: ByteWriter,
  length: number,
  few: number,
  fewMax: number,
  many: number,
): void {
  if (length < fewMax) out.byte(few | length);
  else if (length < 0x10000) {
    out.byte(many);
    out.u16(length);
  } else {
    out.byte(many + 1);
    out.u32(length);
  }
}
