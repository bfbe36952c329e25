// The quick way for the lines that nearly all senders send nearly always: a name that the cache knows, a plain number,
// a plain time. No text is made of them.
//
//   servers.web1.load 0.42 1700000000\n
//   '- FNV-1a -> a place in the table -> the same bytes in `names`? -> the number of the metric
//
// Every other line is parsed as text by core/carbon/line.ts, and this must do what that does: a test compares them.

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
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** With so many digits and so small a power of ten, a quotient of two doubles is the nearest number. */
const DIGITS_MAX = 15;
const POWERS = Float64Array.from({ length: DIGITS_MAX + 1 }, (_, power) => Number(`1e${power}`));
const TIME_DIGITS_MAX = 10;

export function makePlainLines(cache: Cache, counts: ReceiveCounts): PlainLines {
  const names = makeNameTable(cache);

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

interface NameTable {
  /** Forgets all when the cache has given numbers to others. */
  begin(): void;
  /** The number of the metric whose name is in [start, end); -1 when it is not known. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number;
  /** Remembers a name that the cache knows by now as it is written. */
  learn(bytes: Uint8Array, start: number, end: number, hash: number): void;
}

const PLACES_AT_FIRST = 4096;
const BYTES_AT_FIRST = 65_536;

/** Open addressing: a name stands at the first free place from its hash on. */
function makeNameTable(cache: Cache): NameTable {
  let age = cache.age();
  let count = 0;
  let ids = new Int32Array(0);
  let hashes = new Int32Array(0);
  let starts = new Int32Array(0);
  let ends = new Int32Array(0);
  let names = new Uint8Array(0);
  let used = 0;

  function clear(places: number): void {
    count = 0;
    ids = new Int32Array(places).fill(-1);
    hashes = new Int32Array(places);
    starts = new Int32Array(places);
    ends = new Int32Array(places);
  }

  function put(id: number, hash: number, start: number, end: number): void {
    let place = hash & (ids.length - 1);
    while ((ids[place] ?? -1) >= 0) place = (place + 1) & (ids.length - 1);
    ids[place] = id;
    hashes[place] = hash;
    starts[place] = start;
    ends[place] = end;
    count++;
  }

  function grow(): void {
    const old = { ids, hashes, starts, ends };
    clear(old.ids.length * 2);
    for (const [place, id] of old.ids.entries())
      if (id >= 0) put(id, old.hashes[place] ?? 0, old.starts[place] ?? 0, old.ends[place] ?? 0);
  }

  function isSame(place: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = starts[place] ?? 0;
    if ((ends[place] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (names[from + at - start] !== bytes[at]) return false;
    return true;
  }

  clear(PLACES_AT_FIRST);
  return {
    begin() {
      if (cache.age() === age) return;
      age = cache.age();
      clear(PLACES_AT_FIRST);
      used = 0;
    },
    find(bytes, start, end, hash) {
      let place = hash & (ids.length - 1);
      for (;;) {
        const id = ids[place] ?? -1;
        if (id < 0 || (hashes[place] === hash && isSame(place, bytes, start, end))) return id;
        place = (place + 1) & (ids.length - 1);
      }
    },
    learn(bytes, start, end, hash) {
      const name = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString(
        'latin1',
      );
      if (!cache.knows(name) || this.find(bytes, start, end, hash) >= 0) return;
      if (count * 2 >= ids.length) grow();
      if (used + end - start > names.length) {
        const longer = new Uint8Array(
          Math.max(BYTES_AT_FIRST, names.length * 2, used + end - start),
        );
        longer.set(names);
        names = longer;
      }
      names.set(bytes.subarray(start, end), used);
      put(cache.idOf(name), hash, used, used + end - start);
      used += end - start;
    },
  };
}
