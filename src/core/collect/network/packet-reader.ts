// Packets become values and notifications. Whoever reaches the port may have sent them: nothing in them is believed.
//
//   part -> encrypted: what is inside, read the same way      -> its own place here
//           signed: all that follows it                       -> the end
//           a name, a time -> remembered      values, a message -> told with what is remembered

import { decodeUtf8Lossy } from '../../base/text.ts';
import type { Secrets } from '../../host/secrets.ts';
import {
  HEAD_BYTES,
  KIND_NUMBERS,
  MESSAGE_BYTES_MAX,
  NAME_BYTES_MAX,
  NUMBER_PART_BYTES,
  PART,
  UNITS_PER_S_BITS,
  type Names,
  type PartValue,
  type SentNotification,
  type SentValues,
} from './parts.ts';
import { decrypted, verified, type PasswordOf, type SecurityLevel } from './security.ts';

/** What a listener wants of its packets. */
export interface PacketRules {
  readonly level: SecurityLevel;
  /** Null without AuthFile: a signature is then not looked at, and nothing can be decrypted. */
  readonly passwordOf: PasswordOf | null;
  readonly secrets: Secrets;
}

/** Why a part of a packet is not taken, for who counts and complains. */
export type Reason = 'damaged' | 'not secured' | 'secret' | 'incomplete';

export interface Refusal {
  readonly reason: Reason;
  /** The end of a sentence "The packet has ...". */
  readonly what: string;
}

export interface PacketContent {
  readonly values: readonly SentValues[];
  readonly notifications: readonly SentNotification[];
  readonly refusals: readonly Refusal[];
}

/** Something encrypted inside of something signed, and so on: collectd makes one layer. */
export const LAYERS_MAX = 4;

const SEVERITIES = [1, 2, 4];

export function readPacket(packet: Uint8Array, rules: PacketRules): PacketContent {
  const { level, passwordOf, secrets } = rules;
  const values: SentValues[] = [];
  const notifications: SentNotification[] = [];
  const refusals: Refusal[] = [];
  const refuse = (reason: Reason, what: string): void => void refusals.push({ reason, what });

  function readLayer(bytes: Uint8Array, layer: number, isTrusted: boolean): void {
    if (layer > LAYERS_MAX) return refuse('secret', `more than ${LAYERS_MAX} layers`);
    const state = { ...NOTHING_TOLD };
    const view = viewOf(bytes);
    let at = 0;
    let isTold = false;
    while (bytes.length - at > HEAD_BYTES) {
      const kind = view.getUint16(at);
      const length = view.getUint16(at + 2);
      if (length < HEAD_BYTES || length > bytes.length - at) break;
      const part = bytes.subarray(at, at + length);
      if (kind === PART.encryption) {
        if (passwordOf === null) return refuse('secret', 'an encryption, and here is no AuthFile');
        const parts = decrypted(part, passwordOf, secrets);
        if (!parts.ok) return refuse('secret', parts.why);
        readLayer(parts.value, layer + 1, true);
      } else if (level === 'encrypt' && !isTrusted) {
        if (!isTold) refuse('not secured', 'parts that are not encrypted');
        isTold = true;
      } else if (kind === PART.signature) {
        if (passwordOf !== null) {
          const parts = verified(bytes.subarray(at), length, passwordOf, secrets);
          if (!parts.ok) return refuse('secret', parts.why);
          return readLayer(parts.value, layer + 1, true);
        }
      } else if (level === 'sign' && !isTrusted) {
        if (!isTold) refuse('not secured', 'parts that are neither signed nor encrypted');
        isTold = true;
      } else {
        const what = takePart(kind, part, state);
        if (what !== null) return refuse('damaged', what);
      }
      at += length;
    }
    if (at < bytes.length)
      refuse(
        'damaged',
        `${bytes.length - at} bytes at its end that are no part; another MaxPacketSize?`,
      );
  }

  /** Null, or what is wrong with it. */
  function takePart(kind: number, part: Uint8Array, state: State): string | null {
    const name = NAME_OF_PART.get(kind);
    if (name !== undefined) {
      const text = textOf(part, NAME_BYTES_MAX);
      if (text === null) return `a wrong text of ${part.length} bytes for its ${name}`;
      state[name] = text;
      return null;
    }
    if (kind === PART.values) return takeValues(part, state);
    if (kind === PART.message) return takeMessage(part, state);
    const isTime = kind === PART.time || kind === PART.timeS;
    const isInterval = kind === PART.interval || kind === PART.intervalS;
    if (!isTime && !isInterval && kind !== PART.severity) return null;
    if (part.length !== NUMBER_PART_BYTES) return `a number of ${part.length} bytes`;
    const number = viewOf(part).getBigUint64(HEAD_BYTES);
    const isSeconds = kind === PART.timeS || kind === PART.intervalS;
    const units = isSeconds ? BigInt.asUintN(64, number << UNITS_PER_S_BITS) : number;
    if (isTime) state.time = units;
    else if (isInterval) state.interval = units;
    else state.severity = Number(BigInt.asIntN(32, number));
    return null;
  }

  function takeValues(part: Uint8Array, state: State): string | null {
    const read = valuesOf(part);
    if (read === null) return `values whose number and kinds do not fit ${part.length} bytes`;
    const { severity: _, ...names } = state;
    const isWhole =
      names.time !== 0n && [names.host, names.plugin, names.type].every((name) => name !== '');
    if (isWhole) values.push({ ...names, values: read });
    else refuse('incomplete', 'values without host, plugin, type or time');
    return null;
  }

  function takeMessage(part: Uint8Array, state: State): string | null {
    const message = textOf(part, MESSAGE_BYTES_MAX);
    if (message === null) return `a wrong text of ${part.length} bytes for its message`;
    const { interval: _, ...names } = state;
    if (names.time !== 0n && message !== '' && SEVERITIES.includes(names.severity))
      notifications.push({ ...names, message });
    else refuse('incomplete', 'a notification without time, message or a known severity');
    return null;
  }

  readLayer(packet, 0, false);
  return { values, notifications, refusals };
}

type Text = Exclude<keyof Names, 'time'>;
type State = { -readonly [Name in keyof Names]: Names[Name] } & {
  interval: bigint;
  severity: number;
};

const NOTHING_TOLD: State = {
  host: '',
  plugin: '',
  pluginInstance: '',
  type: '',
  typeInstance: '',
  time: 0n,
  interval: 0n,
  severity: 0,
};

const NAME_OF_PART: ReadonlyMap<number, Text> = new Map<number, Text>([
  [PART.host, 'host'],
  [PART.plugin, 'plugin'],
  [PART.pluginInstance, 'pluginInstance'],
  [PART.type, 'type'],
  [PART.typeInstance, 'typeInstance'],
]);

/** Up to its first zero. Null when it has none at its end, or is too long. */
function textOf(part: Uint8Array, bytesMax: number): string | null {
  const bytes = part.subarray(HEAD_BYTES);
  if (bytes.length > bytesMax + 1 || bytes.at(-1) !== 0) return null;
  return decodeUtf8Lossy(bytes.subarray(0, bytes.indexOf(0)));
}

function valuesOf(part: Uint8Array): readonly PartValue[] | null {
  if (part.length < HEAD_BYTES + 2) return null;
  const view = viewOf(part);
  const count = view.getUint16(HEAD_BYTES);
  if (part.length !== HEAD_BYTES + 2 + 9 * count) return null;
  const values: PartValue[] = [];
  for (let index = 0; index < count; index++) {
    const kind = KIND_NUMBERS[view.getUint8(HEAD_BYTES + 2 + index)];
    const at = HEAD_BYTES + 2 + count + 8 * index;
    if (kind === undefined) return null;
    if (kind === 'GAUGE') values.push({ kind, value: view.getFloat64(at, true) });
    else if (kind === 'DERIVE') values.push({ kind, value: view.getBigInt64(at) });
    else values.push({ kind, value: view.getBigUint64(at) });
  }
  return values;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
