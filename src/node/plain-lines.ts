// The quick way for the lines that nearly all senders send nearly always: a name that the cache knows, a plain number,
// a plain time. No text is made of them.
//
//   servers.web1.load 0.42 1700000000\n
//   '- its bytes -> core/base/name-table.ts -> the number of the metric
//
// Every other line is parsed as text by core/carbon/line.ts, and this must do what that does: a test compares them.

import { FNV_PRIME, FNV_START, makeNameTable, type NameTable } from '../core/base/name-table.ts';
import { latin1At } from '../core/base/text.ts';
import type { Cache } from '../core/carbon/cache.ts';
import type { PlainLines } from '../core/carbon/decoder.ts';
import type { ReceiveCounts } from '../core/carbon/stats.ts';
import { U32_MAX } from '../core/whisper/format.ts';

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** With so many digits and so small a power of ten, a quotient of two doubles is the nearest number. */
const DIGITS_MAX = 15;
const POWERS = Float64Array.from({ length: DIGITS_MAX + 1 }, (_, power) => Number(`1e${power}`));
const TIME_DIGITS_MAX = 10;

export function makePlainLines(cache: Cache, counts: ReceiveCounts): PlainLines {
  const names = makeKnownNames(cache);

  return (lines, other) => {
    names.begin();
    let at = 0;
    while (at < lines.length) {
      const start = at;
      // The name: bytes of visible ASCII.
      let hash = FNV_START;
      let byte = lines[at] ?? 0;
      while (byte > SPACE && byte < 127) {
        hash = Math.imul(hash ^ byte, FNV_PRIME);
        byte = lines[++at] ?? 0;
      }
      const nameEnd = at;
      let isPlain = byte === SPACE && nameEnd > start;

      // The value: digits, perhaps with a sign and a point.
      let digits = 0;
      let digitCount = 0;
      let pointAt = -1;
      byte = lines[++at] ?? 0;
      const isNegative = byte === MINUS;
      if (isNegative) byte = lines[++at] ?? 0;
      const valueStart = at;
      for (;;) {
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) {
          digits = digits * 10 + digit;
          digitCount++;
        } else if (byte === POINT && pointAt < 0 && at > valueStart) pointAt = at;
        else break;
        byte = lines[++at] ?? 0;
      }
      isPlain &&=
        byte === SPACE && digitCount > 0 && digitCount <= DIGITS_MAX && pointAt !== at - 1;
      const fraction = pointAt < 0 ? 0 : at - pointAt - 1;

      // The time: digits alone.
      let time = 0;
      const timeStart = at + 1;
      byte = lines[++at] ?? 0;
      while (byte >= ZERO && byte <= ZERO + 9) {
        time = time * 10 + byte - ZERO;
        byte = lines[++at] ?? 0;
      }
      const timeDigits = at - timeStart;
      if (byte === RETURN) byte = lines[++at] ?? 0;
      isPlain &&= byte === NEWLINE && timeDigits > 0 && timeDigits <= TIME_DIGITS_MAX;

      if (isPlain && time <= U32_MAX) {
        const id = names.find(lines, start, nameEnd, hash);
        const value = digits / (POWERS[fraction] ?? 1);
        if (id >= 0 && cache.store(id, time, isNegative ? -value : value)) {
          counts.metricsReceived++;
          at++;
          continue;
        }
      }
      const newline = lines.indexOf(NEWLINE, start);
      const end = newline < 0 ? lines.length : newline;
      other(lines.subarray(start, end));
      if (isPlain) names.learn(lines, start, nameEnd, hash);
      at = end + 1;
    }
  };
}

interface KnownNames {
  /** Forgets all when the cache has given numbers to others. */
  begin(): void;
  find: NameTable['find'];
  /** Remembers a name that the cache knows by now as it is written. */
  learn(bytes: Uint8Array, start: number, end: number, hash: number): void;
}

function makeKnownNames(cache: Cache): KnownNames {
  const table = makeNameTable();
  let age = cache.age();
  return {
    begin() {
      if (cache.age() === age) return;
      age = cache.age();
      table.clear();
    },
    find: table.find,
    learn(bytes, start, end, hash) {
      const name = latin1At(bytes, start, end);
      if (cache.knows(name) && table.find(bytes, start, end, hash) < 0)
        table.put(bytes, start, end, hash, cache.idOf(name));
    },
  };
}
