// Which metric the writer takes next: Carbon's CACHE_WRITE_STRATEGY.

import type { Cache } from './cache.ts';

/**
 * sorted      a round over all metrics, those with most points first; then the next round
 * timesorted  the same, the oldest point first
 * max         whoever has most points at the start of a turn
 * naive       a round in the order of arrival, the last first
 */
export const STRATEGIES = ['sorted', 'timesorted', 'max', 'naive'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface WriteOrder {
  /** Called at the start of the writer's turn. */
  beginTurn(): void;
  /** The next metric of this round; null at its end. */
  next(): string | null;
}

export function makeWriteOrder(strategy: Strategy, cache: Cache): WriteOrder {
  // The next one is last.
  let round: string[] = [];
  return {
    beginTurn() {
      if (round.length === 0 || strategy === 'max') round = makeRound(strategy, cache);
    },
    next: () => round.pop() ?? null,
  };
}

function makeRound(strategy: Strategy, cache: Cache): string[] {
  const paths = [...cache.paths()];
  if (strategy === 'naive') return paths;
  // The heaviest is taken first, so it stands last.
  const weigh = (path: string): number =>
    strategy === 'timesorted' ? -cache.oldest(path) : cache.count(path);
  const weights = new Map(paths.map((path) => [path, weigh(path)]));
  return paths.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
}
