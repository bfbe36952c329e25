// The checksum of zips and journals: the remainder of a division of polynomials.
//
// A table has the remainder of each byte; seven more have those of a byte with one, two ... seven zero bytes behind it, so
// that eight bytes are divided at once.

/** x^26 + x^23 + … + 1, its lowest power in the highest bit. */
const POLYNOMIAL = 0xedb88320;
const AT_ONCE = 8;

const TABLES = makeTables();

function makeTables(): readonly Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? POLYNOMIAL : 0);
    return rest;
  });
  const tables = [first];
  for (let before = first; tables.length < AT_ONCE; before = tables.at(-1) ?? first)
    tables.push(before.map((rest) => (rest >>> 8) ^ (first[rest & 255] ?? 0)));
  return tables;
}

/** CRC-32, from 0 to 2^32 - 1. */
export function crc32(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as readonly [
    ...[Int32Array, Int32Array, Int32Array, Int32Array],
    ...[Int32Array, Int32Array, Int32Array, Int32Array],
  ];
  let rest = -1;
  let at = 0;
  for (; at + AT_ONCE <= bytes.length; at += AT_ONCE) {
    rest ^= byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16);
    rest ^= byteAt(bytes, at + 3) << 24;
    rest =
      restAt(t7, rest & 255) ^
      restAt(t6, (rest >>> 8) & 255) ^
      restAt(t5, (rest >>> 16) & 255) ^
      restAt(t4, rest >>> 24) ^
      restAt(t3, byteAt(bytes, at + 4)) ^
      restAt(t2, byteAt(bytes, at + 5)) ^
      restAt(t1, byteAt(bytes, at + 6)) ^
      restAt(t0, byteAt(bytes, at + 7));
  }
  for (; at < bytes.length; at++)
    rest = (rest >>> 8) ^ restAt(t0, (rest ^ byteAt(bytes, at)) & 255);
  return ~rest >>> 0;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function restAt(table: Int32Array, byte: number): number {
  return table[byte] ?? 0;
}
