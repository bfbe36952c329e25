// The points of a cache, in three long arrays: lists that share their room.
//
//   number   0     1     2     3     4
//   times    t     t     t     t     .
//   values   v     v     v     v     .
//   next     1     3     none  none  .        lists 0 -> 1 -> 3 and 2; 4 is free

/** No point: the end of a list. */
export const NONE = -1;
export const ROOM_AT_FIRST = 1024;

export interface WaitingPoints {
  times: Float64Array;
  values: Float64Array;
  next: Int32Array;
  /** The number of a new point, NONE when there is no room. */
  add(time: number, value: number): number;
  /** Gives back a list of `count` points. */
  free(first: number, last: number, count: number): void;
  size(): number;
}

export function makePoints(sizeMax: number): WaitingPoints {
  let free = NONE;
  let used = 0;
  let size = 0;
  const points: WaitingPoints = {
    times: new Float64Array(ROOM_AT_FIRST),
    values: new Float64Array(ROOM_AT_FIRST),
    next: new Int32Array(ROOM_AT_FIRST),
    add(time, value) {
      if (size >= sizeMax) return NONE;
      let point = free;
      if (point !== NONE) free = at(points.next, point);
      else {
        point = used++;
        if (point === points.next.length) {
          points.times = twice(points.times, Float64Array);
          points.values = twice(points.values, Float64Array);
          points.next = twice(points.next, Int32Array);
        }
      }
      points.times[point] = time;
      points.values[point] = value;
      points.next[point] = NONE;
      size++;
      return point;
    },
    free(first, last, count) {
      points.next[last] = free;
      free = first;
      size -= count;
    },
    size: () => size,
  };
  return points;
}

export type Numbers = Int32Array | Float64Array;

/** The same numbers with as much room again behind them. */
export function twice<T extends Numbers>(old: T, Type: new (length: number) => T): T {
  const longer = new Type(old.length * 2);
  longer.set(old);
  return longer;
}

/** Every number that is asked for here has a place. */
export function at(numbers: Numbers, index: number): number {
  return numbers[index] ?? 0;
}
