// Which keys come most: for who wants to know what floods a StatsD.
//
//   lines --> how often each key came --(every keyFlush.interval)--> the most frequent ones, and it begins again

import type { Clock } from '../host/clock.ts';
import type { KeyFlush } from './config.ts';

export interface KeyCount {
  readonly key: string;
  readonly count: number;
}

export interface KeyCounter {
  count(keys: readonly string[]): void;
  stop(): void;
}

/** Keys that are counted in one turn; a flood of new ones beyond them is not told of. */
export const COUNTED_KEYS_MAX = 1_000_000;

export function makeKeyCounter(
  clock: Clock,
  { intervalMs, percent }: KeyFlush,
  tell: (keys: readonly KeyCount[]) => void,
): KeyCounter {
  let counts = new Map<string, number>();
  let cancel = clock.at(clock.now() + intervalMs, turn);

  function turn(): void {
    const sorted = [...counts]
      .map(([key, count]) => ({ key, count }))
      .sort((a, b) => b.count - a.count);
    tell(sorted.slice(0, Math.ceil(sorted.length * (percent / 100))));
    counts = new Map();
    cancel = clock.at(clock.now() + intervalMs, turn);
  }

  return {
    count(keys) {
      for (const key of keys) {
        const before = counts.get(key);
        if (before !== undefined || counts.size < COUNTED_KEYS_MAX)
          counts.set(key, (before ?? 0) + 1);
      }
    },
    stop: () => cancel(),
  };
}
