// The parts of collectd's binary protocol. A packet is one behind the other, all numbers big-endian:
//
//   kind u16 | length u16, these 4 bytes counted | content
//
//   text      bytes, then a zero               number   u64; times are in units of 2^-30 s
//   values    count u16 | one kind u8 each | 8 bytes each, of which a gauge is a little-endian double
//
// https://collectd.org/wiki/index.php/Binary_protocol

import type { Kind } from '../value-list.ts';

export const PART = {
  host: 0x0000,
  timeS: 0x0001,
  plugin: 0x0002,
  pluginInstance: 0x0003,
  type: 0x0004,
  typeInstance: 0x0005,
  values: 0x0006,
  intervalS: 0x0007,
  time: 0x0008,
  interval: 0x0009,
  message: 0x0100,
  severity: 0x0101,
  signature: 0x0200,
  encryption: 0x0210,
} as const;

export const HEAD_BYTES = 4;
export const NUMBER_PART_BYTES = HEAD_BYTES + 8;
/** Of a name, without the zero at its end. */
export const NAME_BYTES_MAX = 127;
/** Of what a notification says. */
export const MESSAGE_BYTES_MAX = 255;

/** Where a kind stands in the list is its number in a packet. */
export const KIND_NUMBERS: readonly Kind[] = ['COUNTER', 'GAUGE', 'DERIVE', 'ABSOLUTE'];

/** Units of a time: 2^-30 s. */
export const UNITS_PER_S = 1_073_741_824;
export const UNITS_PER_S_BITS = 30n;

/** A value as the packet has it: 64 bits do not fit into a number. */
export type PartValue =
  | { readonly kind: 'GAUGE'; readonly value: number }
  | { readonly kind: Exclude<Kind, 'GAUGE'>; readonly value: bigint };

/** Whom values are of, as a packet names it. What it has not told is "" or 0. */
export interface Names {
  readonly host: string;
  readonly plugin: string;
  readonly pluginInstance: string;
  readonly type: string;
  readonly typeInstance: string;
  /** In units of 2^-30 s, as an interval too. */
  readonly time: bigint;
}

export interface SentValues extends Names {
  readonly interval: bigint;
  readonly values: readonly PartValue[];
}

export interface SentNotification extends Names {
  /** 1 failure, 2 warning, 4 okay. */
  readonly severity: number;
  readonly message: string;
}
