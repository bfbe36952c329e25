// Values become packets: only what changed since the value before is written, and a packet goes out when the next
// value does not fit.

import { joinBytes } from '../../base/bytes.ts';
import { encodeUtf8 } from '../../base/text.ts';
import {
  HEAD_BYTES,
  KIND_NUMBERS,
  MESSAGE_BYTES_MAX,
  NAME_BYTES_MAX,
  NUMBER_PART_BYTES,
  PART,
  type Names,
  type PartValue,
  type SentNotification,
  type SentValues,
} from './parts.ts';

/** Kept free in each packet for its signature or encryption: 42 bytes and the name of a user. */
export const SECURITY_BYTES = 106;

export interface PacketWriter {
  /** False when the values are too many for any packet. */
  add(values: SentValues): boolean;
  /** Sends what waits. */
  flush(): void;
}

/** `send` gets each packet with bytes of its own. */
export function makePacketWriter(
  packetBytesMax: number,
  send: (packet: Uint8Array) => void,
): PacketWriter {
  const roomBytes = packetBytesMax - SECURITY_BYTES;
  let parts: Uint8Array[] = [];
  let filledBytes = 0;
  let last: SentValues | null = null;

  function flush(): void {
    if (parts.length === 0) return;
    const packet = joinBytes(parts);
    parts = [];
    filledBytes = 0;
    last = null;
    send(packet);
  }

  return {
    add(values) {
      let part = joinBytes(changedParts(values, last));
      if (filledBytes + part.length > roomBytes) {
        flush();
        part = joinBytes(changedParts(values, last));
      }
      if (part.length > roomBytes) return false;
      parts.push(part);
      filledBytes += part.length;
      last = values;
      return true;
    },
    flush,
  };
}

/** A notification is a packet of its own. */
export function notificationPacket(sent: SentNotification): Uint8Array {
  const text = (name: TextName): readonly Uint8Array[] =>
    sent[name] === '' ? [] : [textPart(PART[name], sent[name])];
  return joinBytes([
    numberPart(PART.time, sent.time),
    numberPart(PART.severity, BigInt(sent.severity)),
    ...TEXT_NAMES.flatMap(text),
    textPart(PART.message, sent.message, MESSAGE_BYTES_MAX),
  ]);
}

type TextName = Exclude<keyof Names, 'time'>;
const PLUGIN_NAMES: readonly TextName[] = ['plugin', 'pluginInstance', 'type', 'typeInstance'];
const TEXT_NAMES: readonly TextName[] = ['host', ...PLUGIN_NAMES];

/** In a new packet all is "" and 0 until it is told. */
function changedParts(now: SentValues, last: SentValues | null): readonly Uint8Array[] {
  const text = (name: TextName): readonly Uint8Array[] =>
    now[name] === (last?.[name] ?? '') ? [] : [textPart(PART[name], now[name])];
  const number = (name: 'time' | 'interval'): readonly Uint8Array[] =>
    now[name] === (last?.[name] ?? 0n) ? [] : [numberPart(PART[name], now[name])];
  return [
    ...text('host'),
    ...number('time'),
    ...number('interval'),
    ...PLUGIN_NAMES.flatMap(text),
    valuesPart(now.values),
  ];
}

function head(kind: number, bytes: number): { part: Uint8Array; view: DataView } {
  const part = new Uint8Array(bytes);
  const view = new DataView(part.buffer);
  view.setUint16(0, kind);
  view.setUint16(2, bytes);
  return { part, view };
}

function textPart(kind: number, text: string, bytesMax = NAME_BYTES_MAX): Uint8Array {
  const bytes = encodeUtf8(text).subarray(0, bytesMax);
  const { part } = head(kind, HEAD_BYTES + bytes.length + 1);
  part.set(bytes, HEAD_BYTES);
  return part;
}

function numberPart(kind: number, value: bigint): Uint8Array {
  const { part, view } = head(kind, NUMBER_PART_BYTES);
  view.setBigUint64(HEAD_BYTES, value);
  return part;
}

function valuesPart(values: readonly PartValue[]): Uint8Array {
  const count = values.length;
  const { part, view } = head(PART.values, HEAD_BYTES + 2 + 9 * count);
  view.setUint16(HEAD_BYTES, count);
  for (const [index, { kind, value }] of values.entries()) {
    view.setUint8(HEAD_BYTES + 2 + index, KIND_NUMBERS.indexOf(kind));
    const at = HEAD_BYTES + 2 + count + 8 * index;
    if (kind === 'GAUGE') putGauge(part, view, at, value);
    else view.setBigUint64(at, BigInt.asUintN(64, value));
  }
  return part;
}

/** Not every engine writes the same bits of NaN; collectd's are these. */
const NAN_LAST_BYTES = [0xf8, 0x7f];

function putGauge(part: Uint8Array, view: DataView, at: number, value: number): void {
  if (Number.isNaN(value)) part.set(NAN_LAST_BYTES, at + 6);
  else view.setFloat64(at, value, true);
}
