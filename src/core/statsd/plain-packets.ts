// The quick way for the lines that nearly all clients send nearly always: a key that is held already, one plain value, one
// of the four types, perhaps a plain rate. No text is made of them.
//
//   clinic.visits:1|c|@0.1\n
//   '- its bytes -> core/base/name-table.ts -> what is held under this key: the sum of the counter
//
// Every other line is read as text by packet.ts, and this must do what that and tally.ts do: a test compares them.

import { FNV_PRIME, FNV_START, makeNameTable } from '../base/name-table.ts';
import { latin1At } from '../base/text.ts';
import type { StatsdConfig } from './config.ts';
import { sanitizeKey } from './packet.ts';
import { VALUES_MAX, type Counter, type Gauge, type Tally, type Timer } from './tally.ts';

export interface PlainPackets {
  /**
   * Adds the plain lines of a packet to the tally, hands over the bytes of the others, and returns how many lines there
   * are that are not empty.
   */
  add(packet: Uint8Array, other: (line: Uint8Array) => void): number;
}

/** What is held under one key, as far as a line asked for it. */
interface Held {
  counter: Counter | null;
  timer: Timer | null;
  gauge: Gauge | null;
  set: Set<string> | null;
}

const NEWLINE = 10;
const SPACE = 32;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const AT = 64;
const BAR = 124;
const [C, G, S, M] = [99, 103, 115, 109];
/** With so many digits and so small a power of ten, a quotient of two doubles is the nearest number. */
const DIGITS_MAX = 15;
const POWERS = Float64Array.from({ length: DIGITS_MAX + 1 }, (_, power) => Number(`1e${power}`));

export function makePlainPackets(tally: Tally, config: () => StatsdConfig): PlainPackets {
  const table = makeNameTable();
  let held: Held[] = [];
  let removals = tally.removals;

  function learn(packet: Uint8Array, start: number, end: number, hash: number): void {
    const key = latin1At(packet, start, end);
    if (key !== sanitizeKey(key)) return;
    let id = table.find(packet, start, end, hash);
    if (id < 0) table.put(packet, start, end, hash, (id = held.length));
    held[id] = {
      counter: tally.counters.get(key) ?? null,
      timer: tally.timers.get(key) ?? null,
      gauge: tally.gauges.get(key) ?? null,
      set: tally.sets.get(key) ?? null,
    };
  }

  return {
    add(packet, other) {
      if (tally.removals !== removals) {
        removals = tally.removals;
        table.clear();
        held = [];
      }
      const { deleteGauges, gaugesMaxTTL } = config();
      let lines = 0;
      let at = 0;
      while (at < packet.length) {
        const start = at;
        // The key: visible ASCII without ":" and "|".
        let hash = FNV_START;
        let byte = packet[at] ?? 0;
        while (byte > SPACE && byte < 127 && byte !== COLON && byte !== BAR) {
          hash = Math.imul(hash ^ byte, FNV_PRIME);
          byte = packet[++at] ?? 0;
        }
        if (byte === NEWLINE && at === start) {
          at++;
          continue;
        }
        lines++;
        const keyEnd = at;
        let isPlain = byte === COLON && keyEnd > start;

        // The value: for a set any text, else digits, perhaps with a sign and a point.
        byte = packet[++at] ?? 0;
        const valueStart = at;
        const isNegative = byte === MINUS;
        if (isNegative) byte = packet[++at] ?? 0;
        let digits = 0;
        let digitCount = 0;
        let pointAt = -1;
        for (;;) {
          const digit = byte - ZERO;
          if (digit >= 0 && digit <= 9) {
            digits = digits * 10 + digit;
            digitCount++;
          } else if (byte === POINT && pointAt < 0 && digitCount > 0) pointAt = at;
          else break;
          byte = packet[++at] ?? 0;
        }
        const isNumber =
          byte === BAR && digitCount > 0 && digitCount <= DIGITS_MAX && pointAt !== at - 1;
        const fraction = pointAt < 0 ? 0 : at - pointAt - 1;
        while (byte > SPACE && byte < 127 && byte !== COLON && byte !== BAR)
          byte = packet[++at] ?? 0;
        const valueEnd = at;
        isPlain &&= byte === BAR && valueEnd > valueStart;

        // The type, and perhaps "|@" and a number.
        const type = packet[++at] ?? 0;
        if (type === M) isPlain &&= packet[++at] === S;
        byte = packet[++at] ?? NEWLINE;
        let rate = 1;
        if (byte === BAR) {
          isPlain &&= packet[++at] === AT;
          let rateDigits = 0;
          let rateCount = 0;
          let ratePointAt = -1;
          byte = packet[++at] ?? NEWLINE;
          for (;;) {
            const digit = byte - ZERO;
            if (digit >= 0 && digit <= 9) {
              rateDigits = rateDigits * 10 + digit;
              rateCount++;
            } else if (byte === POINT && ratePointAt < 0 && rateCount > 0) ratePointAt = at;
            else break;
            byte = packet[++at] ?? NEWLINE;
          }
          rate = rateDigits / (POWERS[ratePointAt < 0 ? 0 : at - ratePointAt - 1] ?? 1);
          isPlain &&= rate > 0 && rateCount <= DIGITS_MAX && ratePointAt !== at - 1;
        }
        isPlain &&= byte === NEWLINE && at <= packet.length;

        if (isPlain) {
          const known = held[table.find(packet, start, keyEnd, hash)];
          if (known) {
            const value = digits / (POWERS[fraction] ?? 1);
            if (type === C && isNumber && known.counter) {
              known.counter.sum =
                (known.counter.sum || 0) + (isNegative ? -value : value) * (1 / rate);
              at++;
              continue;
            }
            if (type === M && isNumber && !isNegative && known.timer && tally.values < VALUES_MAX) {
              known.timer.values.push(value);
              known.timer.count += 1 / rate;
              tally.values++;
              at++;
              continue;
            }
            if (type === G && isNumber && !isNegative && known.gauge) {
              known.gauge.value = value;
              if (deleteGauges) known.gauge.flushesLeft = gaugesMaxTTL;
              at++;
              continue;
            }
            if (type === S && known.set && tally.values < VALUES_MAX) {
              const before = known.set.size;
              known.set.add(latin1At(packet, valueStart, valueEnd));
              tally.values += known.set.size - before;
              at++;
              continue;
            }
          }
        }
        const newline = packet.indexOf(NEWLINE, start);
        const end = newline < 0 ? packet.length : newline;
        other(packet.subarray(start, end));
        if (isPlain) learn(packet, start, keyEnd, hash);
        at = end + 1;
      }
      return lines;
    },
  };
}
