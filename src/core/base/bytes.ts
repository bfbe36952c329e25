// Numbers in short pieces of bytes, big-endian as network and Whisper have them.
//
// A DataView or a subarray of a few bytes makes engines move them out of their own heap first, which costs
// more than all else that is done with a point. So these go through one scratch buffer of eight bytes.

const scratch = new Uint8Array(8);
const view = new DataView(scratch.buffer);

export function u32At(bytes: Uint8Array, at: number): number {
  load(bytes, at, 4);
  return view.getUint32(0);
}

export function f32At(bytes: Uint8Array, at: number): number {
  load(bytes, at, 4);
  return view.getFloat32(0);
}

export function f64At(bytes: Uint8Array, at: number): number {
  load(bytes, at, 8);
  return view.getFloat64(0);
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  view.setUint32(0, value);
  store(bytes, at, 4);
}

export function putF64(bytes: Uint8Array, at: number, value: number): void {
  view.setFloat64(0, value);
  store(bytes, at, 8);
}

/** All pieces behind one another, in bytes of their own. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The bytes from `start` to `end`: the same array when that is all of it. */
export function partOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end);
}

function load(bytes: Uint8Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) scratch[i] = bytes[at + i] ?? 0;
}

function store(bytes: Uint8Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) bytes[at + i] = scratch[i] ?? 0;
}
