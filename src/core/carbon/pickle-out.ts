// Writes pickles of protocol 2, byte for byte as Python's own pickler does for the answers of Carbon.
//
//   80 02 | } q 00 | X <4: length> datapoints q 01 | ] q 02 | s | .
//   proto   dict     text                            list     set stop      = {'datapoints': []}
//
// "q 00" remembers the value under a number; Python does so for all but numbers and constants.

import { assert } from '../base/assert.ts';
import { makeByteWriter, type ByteWriter } from '../base/byte-writer.ts';
import { encodeUtf8 } from '../base/text.ts';

/** A number is a float, a bigint an int. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickledList
  | PickledDict
  | PickledTuple
  | PickledObject;
export type PickledList = readonly Pickled[];
export type PickledDict = ReadonlyMap<string, Pickled>;
export interface PickledTuple {
  readonly tuple: readonly Pickled[];
}
/** An object of a Python class: whoever reads it has that class. */
export interface PickledObject {
  readonly module: string;
  readonly name: string;
  readonly attributes: PickledDict;
}

/** Python ends a run of items after so many. */
const BATCH = 1000;

export function pickle(value: Pickled): Uint8Array<ArrayBuffer> {
  const out: Out = { writer: makeByteWriter(), remembered: 0 };
  put(out, 0x80, 2);
  write(out, value);
  put(out, code('.'));
  return out.writer.done();
}

interface Out {
  readonly writer: ByteWriter;
  remembered: number;
}

function write(out: Out, value: Pickled): void {
  if (value === null) put(out, code('N'));
  else if (typeof value === 'boolean') put(out, value ? 0x88 : 0x89);
  else if (typeof value === 'number') writeFloat(out, value);
  else if (typeof value === 'bigint') writeInt(out, value);
  else if (typeof value === 'string') writeText(out, value);
  else if (value instanceof Map) writeDict(out, value as PickledDict);
  else if (Array.isArray(value)) writeList(out, value as PickledList);
  else if ('tuple' in value) writeTuple(out, value.tuple);
  else writeObject(out, value as PickledObject);
}

// The class, no arguments, then what it holds.
function writeObject(out: Out, { module, name, attributes }: PickledObject): void {
  put(out, code('c'));
  out.writer.bytes(encodeUtf8(`${module}\n${name}\n`));
  remember(out);
  put(out, code(')'), 0x81);
  remember(out);
  writeDict(out, attributes);
  put(out, code('b'));
}

function writeFloat(out: Out, value: number): void {
  put(out, code('G'));
  out.writer.f64(value);
}

function writeInt(out: Out, value: bigint): void {
  if (value >= 0n && value <= 0xffn) put(out, code('K'), Number(value));
  else if (value >= 0n && value <= 0xffffn)
    put(out, code('M'), Number(value) & 255, Number(value) >> 8);
  else if (BigInt.asIntN(32, value) === value) {
    put(out, code('J'));
    writeUint32(out, Number(BigInt.asUintN(32, value)));
  } else writeLong(out, value);
}

// Little-endian two's complement, no longer than needed.
function writeLong(out: Out, value: bigint): void {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  assert(length <= 255, 'the ints of Carbon are times and counts');
  put(out, 0x8a, length);
  for (let i = 0; i < length; i++) put(out, Number((value >> BigInt(i * 8)) & 255n));
}

function writeText(out: Out, text: string): void {
  const bytes = encodeUtf8(text);
  put(out, code('X'));
  writeUint32(out, bytes.length);
  out.writer.bytes(bytes);
  remember(out);
}

function writeDict(out: Out, dict: PickledDict): void {
  put(out, code('}'));
  remember(out);
  writeBatches(out, [...dict], 's', 'u', ([key, value]) => {
    write(out, key);
    write(out, value);
  });
}

function writeList(out: Out, list: PickledList): void {
  put(out, code(']'));
  remember(out);
  writeBatches(out, list, 'a', 'e', (value) => write(out, value));
}

function writeTuple(out: Out, values: readonly Pickled[]): void {
  assert(values.length >= 1 && values.length <= 3, 'Carbon answers with pairs');
  for (const value of values) write(out, value);
  put(out, 0x84 + values.length);
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
    if (batch.length > 1) put(out, code('('));
    for (const item of batch) writeItem(item);
    put(out, code(batch.length > 1 ? several : single));
  }
}

function remember(out: Out): void {
  const index = out.remembered++;
  if (index < 256) put(out, code('q'), index);
  else {
    put(out, code('r'));
    writeUint32(out, index);
  }
}

function put(out: Out, ...bytes: readonly number[]): void {
  for (const byte of bytes) out.writer.byte(byte);
}

function writeUint32(out: Out, value: number): void {
  put(out, value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

function code(character: string): number {
  return character.charCodeAt(0);
}
