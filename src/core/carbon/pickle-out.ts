// Writes pickles of protocol 2, byte for byte as Python's own pickler does for the answers of Carbon.
//
//   80 02 | } q 00 | X <4: length> datapoints q 01 | ] q 02 | s | .
//   proto   dict     text                            list     set stop      = {'datapoints': []}
//
// "q 00" remembers the value under a number; Python does so for all but numbers and constants.

import { assert } from '../base/assert.ts';
import { encodeUtf8 } from '../base/text.ts';

/** A number is a float, a bigint an int. */
export type Pickled =
  null | boolean | number | bigint | string | PickledList | PickledDict | PickledTuple;
export type PickledList = readonly Pickled[];
export type PickledDict = ReadonlyMap<string, Pickled>;
export interface PickledTuple {
  readonly tuple: readonly Pickled[];
}

/** Python ends a run of items after so many. */
const BATCH = 1000;

export function pickle(value: Pickled): Uint8Array {
  const out: Out = { bytes: [0x80, 2], remembered: 0 };
  write(out, value);
  out.bytes.push(code('.'));
  return Uint8Array.from(out.bytes);
}

interface Out {
  readonly bytes: number[];
  remembered: number;
}

function write(out: Out, value: Pickled): void {
  if (value === null) out.bytes.push(code('N'));
  else if (typeof value === 'boolean') out.bytes.push(value ? 0x88 : 0x89);
  else if (typeof value === 'number') writeFloat(out, value);
  else if (typeof value === 'bigint') writeInt(out, value);
  else if (typeof value === 'string') writeText(out, value);
  else if (value instanceof Map) writeDict(out, value as PickledDict);
  else if (Array.isArray(value)) writeList(out, value as PickledList);
  else writeTuple(out, (value as PickledTuple).tuple);
}

function writeFloat(out: Out, value: number): void {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  out.bytes.push(code('G'), ...bytes);
}

function writeInt(out: Out, value: bigint): void {
  if (value >= 0n && value <= 0xffn) out.bytes.push(code('K'), Number(value));
  else if (value >= 0n && value <= 0xffffn)
    out.bytes.push(code('M'), Number(value) & 255, Number(value) >> 8);
  else if (BigInt.asIntN(32, value) === value) {
    out.bytes.push(code('J'));
    writeUint32(out, Number(BigInt.asUintN(32, value)));
  } else writeLong(out, value);
}

// Little-endian two's complement, no longer than needed.
function writeLong(out: Out, value: bigint): void {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  assert(length <= 255, 'the ints of Carbon are times and counts');
  out.bytes.push(0x8a, length);
  for (let i = 0; i < length; i++) out.bytes.push(Number((value >> BigInt(i * 8)) & 255n));
}

function writeText(out: Out, text: string): void {
  const bytes = encodeUtf8(text);
  out.bytes.push(code('X'));
  writeUint32(out, bytes.length);
  for (const byte of bytes) out.bytes.push(byte);
  remember(out);
}

function writeDict(out: Out, dict: PickledDict): void {
  out.bytes.push(code('}'));
  remember(out);
  writeBatches(out, [...dict], 's', 'u', ([key, value]) => {
    write(out, key);
    write(out, value);
  });
}

function writeList(out: Out, list: PickledList): void {
  out.bytes.push(code(']'));
  remember(out);
  writeBatches(out, list, 'a', 'e', (value) => write(out, value));
}

function writeTuple(out: Out, values: readonly Pickled[]): void {
  assert(values.length >= 1 && values.length <= 3, 'Carbon answers with pairs');
  for (const value of values) write(out, value);
  out.bytes.push(0x84 + values.length);
  remember(out);
}

/** One item ends with `single`; several stand between a mark and `several`. */
function writeBatches<T>(
  out: Out,
  items: readonly T[],
  single: string,
  several: string,
  writeItem: (item: T) => void,
): void {
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    if (batch.length > 1) out.bytes.push(code('('));
    for (const item of batch) writeItem(item);
    out.bytes.push(code(batch.length > 1 ? several : single));
  }
}

function remember(out: Out): void {
  const index = out.remembered++;
  if (index < 256) out.bytes.push(code('q'), index);
  else {
    out.bytes.push(code('r'));
    writeUint32(out, index);
  }
}

function writeUint32(out: Out, value: number): void {
  out.bytes.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

function code(character: string): number {
  return character.charCodeAt(0);
}
