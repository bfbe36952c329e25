// Pickles that no program writes: opcodes in any order, and good pickles with damage.

import type { Random } from '../../../src/core/base/random.ts';

/** Opcodes with what may stand behind them, in Latin-1; blanks part them. */
const PIECES = [
  '( ( 0 1 2 \x80\x02 \x80\x09 \x95\x05\0\0\0\0\0\0\0 p0\n p70\n px\n q\0 q\x01 q\x02 r\0\x01\0\0',
  'r\xff\xff\xff\xff \x94 g0\n g70\n h\0 h\0 h\x01 h\x02 j\0\x01\0\0 j\xff\xff\xff\xff N \x88 \x89',
  'I01\n I00\n I-7\n L-0\n I007\n I7x\n L17L\n L\n L99999999999999999999L\n J\0\0\0\x80 K\x07 M\x01\x02',
  'F1.5\n F1e999\n Fnan\n Fx\n G?\xf8\0\0\0\0\0\0 \x8a\x01\xff \x8a\x08\0\0\0\0\0\0\0\x80 \x8a\0',
  "\x8a\x06\0\0\0\0\0\x80 \x8b\xff\xff\xff\x7f \x8b\x02\0\0\0\x01\x80 S'a.b'\n S\"it's\"\n Sx\n S'a\n S\n",
  "S'\\x41\\n\\101'\n S'\\xff'\n S'\\q'\n Va\n V\\u00e9\xe9\n V\\\\u00e9\n V\\u12\n V\\U00110000\n",
  'U\x01a U\x02\xc3\xa9 U\x01\xff T\x01\0\0\0b X\x03\0\0\0a.b X\x01\0\0\0\xff \x8c\x01c',
  '\x8d\x01\0\0\0\0\0\0\0d \x8d\xff\xff\xff\xff\xff\xff\xff\xff C\x011 B\x01\0\0\x002 C\xff',
  '\x8e\x01\0\0\0\0\0\0\x003 \x96\x01\0\0\0\0\0\0\x004 ] ) \x8f l t \x91 \x85 \x86 \x86 \x87 a a',
  'e e \x90 } d s s u u cos\nsystem\n ccopy_reg\n_reconstructor\n c__builtin__\nobject\n',
  'i__builtin__\nobject\n S"__builtin__"\nS"object"\n\x93 \x93 R \x81 b Q z \xff',
].flatMap((line) => line.split(' '));
const PIECES_MAX = 40;
/** Most random pickles fail soon, so some opcodes that always work come more often. */
const LASTING = ['(', ']', 'K\x01', 'Va.b\n', 'q\0', 'q\x01', 'K\x02\x86', '2'];
const DAMAGES_MAX = 4;

export function randomPickle(random: Random): Uint8Array {
  let text = random.chance(0.5) ? ']q\0(' : '';
  for (let count = random.below(PIECES_MAX); count > 0; count--)
    text += pick(random, random.chance(0.8) ? LASTING : PIECES);
  return latin1Bytes(random.chance(0.9) ? `${text}.` : text);
}

/** The same bytes with bits turned, bytes lost, bytes that come twice, or without an end. */
export function damaged(random: Random, bytes: Uint8Array): Uint8Array {
  const list = [...bytes];
  for (let count = 1 + random.below(DAMAGES_MAX); count > 0; count--) {
    const at = random.below(list.length + 1);
    const length = random.below(12);
    const how = random.below(5);
    if (how === 0) list[at] = (list[at] ?? 0) ^ (1 << random.below(8));
    else if (how === 1) list.splice(at, length);
    else if (how === 2) list.splice(at, 0, ...list.slice(at, at + length));
    else if (how === 3) list.splice(at, 1, ...latin1Bytes(pick(random, PIECES)));
    else if (random.chance(0.2)) list.length = at;
  }
  return Uint8Array.from(list);
}

/** One byte a character. */
export function latin1Bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)] as T;
}
