// Bytes that are written one after the other into room that grows.

export interface ByteWriter {
  byte(value: number): void;
  /** Big-endian. */
  u16(value: number): void;
  u32(value: number): void;
  f64(value: number): void;
  /** Two's complement, big-endian. */
  i64(value: bigint): void;
  bytes(piece: Uint8Array): void;
  /** What was written so far; later writing may go on. */
  done(): Uint8Array<ArrayBuffer>;
}

const FIRST_BYTES = 256;

export function makeByteWriter(): ByteWriter {
  let room = new Uint8Array(FIRST_BYTES);
  let view = new DataView(room.buffer);
  let length = 0;

  /** Where the next `count` bytes go. */
  function take(count: number): number {
    const at = length;
    length += count;
    if (length > room.length) {
      const larger = new Uint8Array(Math.max(length, 2 * room.length));
      larger.set(room.subarray(0, at));
      room = larger;
      view = new DataView(room.buffer);
    }
    return at;
  }

  return {
    byte(value) {
      const at = take(1);
      room[at] = value;
    },
    u16(value) {
      const at = take(2);
      view.setUint16(at, value);
    },
    u32(value) {
      const at = take(4);
      view.setUint32(at, value);
    },
    f64(value) {
      const at = take(8);
      view.setFloat64(at, value);
    },
    i64(value) {
      const at = take(8);
      view.setBigInt64(at, value);
    },
    bytes(piece) {
      const at = take(piece.length);
      room.set(piece, at);
    },
    done: () => room.slice(0, length),
  };
}
