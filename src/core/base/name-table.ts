// Numbers of names, found by the bytes of a name without making text of it.
//
//   servers.web1.load --FNV-1a--> a place in the table --> the same bytes in `names`? --> its number
//
// Open addressing: a name stands at the first free place from its hash on.

/** The hash of a name: start with this, and for each byte `hash = Math.imul(hash ^ byte, FNV_PRIME)`. */
export const FNV_START = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

export interface NameTable {
  /** Forgets all names. */
  clear(): void;
  /** The number of the name in [start, end); -1 when it is not known. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number;
  /** Remembers the number, 0 or more, of a name that is not known yet. */
  put(bytes: Uint8Array, start: number, end: number, hash: number, id: number): void;
}

const PLACES_AT_FIRST = 4096;
const BYTES_AT_FIRST = 65_536;

export function makeNameTable(): NameTable {
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

  function take(id: number, hash: number, start: number, end: number): void {
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
      if (id >= 0) take(id, old.hashes[place] ?? 0, old.starts[place] ?? 0, old.ends[place] ?? 0);
  }

  function isSame(place: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = starts[place] ?? 0;
    if ((ends[place] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (names[from + at - start] !== bytes[at]) return false;
    return true;
  }

  clear(PLACES_AT_FIRST);
  return {
    clear() {
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
    put(bytes, start, end, hash, id) {
      if (count * 2 >= ids.length) grow();
      if (used + end - start > names.length) {
        const longer = new Uint8Array(
          Math.max(BYTES_AT_FIRST, names.length * 2, used + end - start),
        );
        longer.set(names);
        names = longer;
      }
      names.set(bytes.subarray(start, end), used);
      take(id, hash, used, used + end - start);
      used += end - start;
    },
  };
}
