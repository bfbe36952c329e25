// The small stack machine for which a pickle is a program: its stack, its marks, its memo, and its reading head.
//
//   stack   [ 'a.b'  17  1.5  |  ...left over, nobody looks there ]
//                    ^        ^
//                    floor    top
//
// A mark is a position in the stack, not a value: what lies above the newest mark, from `floor` to `top`, is all
// that an opcode may take. A machine with a `why` has failed; what its opcode still does with made-up values
// nobody sees.

/** Lists, tuples and sets are all lists here; `Opaque` stands for an object that nobody looks into. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Opaque;

export interface Opaque {
  readonly opaque: string;
}

/** Values that are begun and not ended. */
export const DEPTH_MAX = 1000;
export const MEMO_MAX = 500_000;
/** Lists, dicts, pieces of bytes and objects of one pickle: each takes far more memory than the byte that makes it. */
export const OBJECTS_MAX = 1_000_000;
/** Items put into all dicts of one pickle: a query has three. Keys may be made so that each is compared with all. */
export const DICT_ITEMS_MAX = 1000;

export const TOO_SHORT = 'the bytes end too early';
export const NOTHING = 'the stack has too few values';

export interface Machine {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The next byte to read. */
  at: number;
  readonly stack: PickleValue[];
  top: number;
  /** The newest mark; 0 when there is none. */
  floor: number;
  /** The floors under it, the oldest first. */
  readonly floors: number[];
  /** Sparse when the pickle skips indexes. */
  readonly memo: PickleValue[];
  memoSize: number;
  objects: number;
  dictItems: number;
  /** Whether the line read last is ASCII without a backslash, so that it means what it shows. */
  isLinePlain: boolean;
  /** Why it cannot go on. */
  why: string | null;
}

export function makeMachine(bytes: Uint8Array): Machine {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const empty = { stack: [], top: 0, floor: 0, floors: [], memo: [], memoSize: 0 };
  const counts = { objects: 0, dictItems: 0 };
  return { bytes, view, at: 0, ...empty, ...counts, isLinePlain: false, why: null };
}

/** The first reason stays. */
export function fail(machine: Machine, why: string): void {
  machine.why ??= why;
}

// ---- stack and marks

export function push(machine: Machine, value: PickleValue): void {
  machine.stack[machine.top++] = value;
}

/** For a value that takes memory of its own. */
export function pushObject(machine: Machine, value: PickleValue): void {
  if (++machine.objects > OBJECTS_MAX)
    fail(machine, `more than ${OBJECTS_MAX} lists, dicts and objects are made`);
  push(machine, value);
}

/** The value so deep under the top; undefined when it lies under the floor. */
export function peek(machine: Machine, depth: number): PickleValue | undefined {
  const at = machine.top - depth;
  return at >= machine.floor ? machine.stack[at] : undefined;
}

export function mark(machine: Machine): void {
  if (machine.floors.length >= DEPTH_MAX) fail(machine, `more than ${DEPTH_MAX} values are begun`);
  machine.floors.push(machine.floor);
  machine.floor = machine.top;
}

/** Takes away the newest mark with all above it, and says from where on that stands in the stack. */
export function popMark(machine: Machine, whyNone: string): number {
  const from = machine.floor;
  const floor = machine.floors.pop();
  if (floor === undefined) fail(machine, whyNone);
  machine.floor = floor ?? 0;
  machine.top = from;
  return from;
}

/** Also takes away a mark that nothing lies on, as Python does. */
export function pop(machine: Machine): void {
  if (machine.top > machine.floor) machine.top--;
  else popMark(machine, NOTHING);
}

// ---- memo

export function remember(machine: Machine, index: number): void {
  const value = peek(machine, 1);
  if (value === undefined) fail(machine, NOTHING);
  else if (index < 0) fail(machine, 'an index of the memo is not a number');
  else if (machine.memoSize >= MEMO_MAX)
    fail(machine, `more than ${MEMO_MAX} values are remembered`);
  else {
    if (machine.memo[index] === undefined) machine.memoSize++;
    machine.memo[index] = value;
  }
}

export function recall(machine: Machine, index: number): void {
  const value = machine.memo[index];
  if (value === undefined) fail(machine, `nothing is remembered as ${index}`);
  else push(machine, value);
}

// ---- what stands behind an opcode

/** Goes so many bytes on, and says where they begin. */
export function skip(machine: Machine, length: number): number {
  const start = machine.at;
  machine.at += length;
  if (machine.at > machine.bytes.length) fail(machine, TOO_SHORT);
  return start;
}

/** A little-endian number. */
export function uint(machine: Machine, length: 1 | 2 | 4 | 8): number {
  const at = skip(machine, length);
  if (machine.why !== null) return 0;
  if (length === 1) return machine.bytes[at] ?? 0;
  if (length === 2) return machine.view.getUint16(at, true);
  const low = machine.view.getUint32(at, true);
  return length === 4 ? low : low + machine.view.getUint32(at + 4, true) * 2 ** 32;
}

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;

/** The end of a line that begins here; the next byte to read stands behind its newline. */
export function lineEnd(machine: Machine): number {
  const { bytes } = machine;
  let isPlain = true;
  let end = machine.at;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte === NEWLINE) break;
    if (byte === BACKSLASH || byte >= 0x80) isPlain = false;
  }
  if (end >= bytes.length) fail(machine, TOO_SHORT);
  machine.isLinePlain = isPlain;
  machine.at = end + 1;
  return end;
}
