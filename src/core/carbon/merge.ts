// Points that still wait in the cache, put over what the file answered: the last minute of a graph.
//
//   file    | 1 | 2 | . | . |        slots of the fetched window
//   cache           | 3 | 4 | 5 |    points; the last lies behind the window and is left out
//   merged  | 1 | 2 | 3 | 4 |

import { aggregate, type Method } from '../whisper/aggregate.ts';
import type { Slots } from '../whisper/fetch.ts';
import type { TimedValue } from '../whisper/point.ts';

/**
 * As graphite-web does it: of several points in one slot of the finest archive (`finestStep` seconds) the
 * last counts; where the window has a coarser step, they are put together by the file's method.
 */
export function mergeCached(
  slots: Slots,
  cached: readonly TimedValue[],
  finestStep: number,
  method: Method,
): Slots {
  if (cached.length === 0) return slots;
  const values = slots.values.slice();
  for (const [index, inSlot] of groupBySlot(slots, lastPerStep(cached, finestStep)))
    values[index] = aggregate(method, inSlot, inSlot.length);
  return { ...slots, values };
}

function lastPerStep(cached: readonly TimedValue[], step: number): ReadonlyMap<number, number> {
  const oldestFirst = cached.toSorted((a, b) => a.time - b.time);
  return new Map(oldestFirst.map(({ time, value }) => [time - (time % step), value]));
}

function groupBySlot(
  slots: Slots,
  points: ReadonlyMap<number, number>,
): ReadonlyMap<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [time, value] of points) {
    const index = Math.floor((time - slots.start) / slots.step);
    if (index < 0 || index >= slots.values.length) continue;
    const group = groups.get(index);
    if (group) group.push(value);
    else groups.set(index, [value]);
  }
  return groups;
}
