// Which metric the writer takes next: Carbon's CACHE_WRITE_STRATEGY.

import { makeRandom, type Random } from '../base/random.ts';
import type { Cache } from './cache.ts';

/**
 * sorted      a round over all metrics, those with most points first; then the next round
 * timesorted  the same, the oldest point first, and only those whose oldest point is older than MIN_TIMESTAMP_LAG
 * max         whoever has most points at the start of a turn; bucketmax is Carbon's quicker way to the same
 * naive       a round, the last that came first
 * random      a round in any order
 */
export const STRATEGIES = ['sorted', 'timesorted', 'max', 'bucketmax', 'naive', 'random'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface WriteOrder {
  /** Called at the start of the writer's turn. */
  beginTurn(nowMs: number): void;
  /** The number of the next metric of this round; null at its end. */
  next(): number | null;
}

/** Dice for `random`: whichever they are, each round has another order. */
const SEED = 1;

export function makeWriteOrder(strategy: Strategy, cache: Cache, lagS: number): WriteOrder {
  const random = makeRandom(SEED);
  const isEachTurn = strategy === 'max' || strategy === 'bucketmax';
  // The next one is last.
  let round: number[] = [];
  return {
    beginTurn(nowMs) {
      if (round.length > 0 && !isEachTurn) return;
      round = makeRound(strategy, cache, random);
      if (strategy === 'timesorted' && lagS > 0)
        round = round.filter((id) => nowMs / 1000 - cache.oldest(id) > lagS);
    },
    next: () => round.pop() ?? null,
  };
}

function makeRound(strategy: Strategy, cache: Cache, random: Random): number[] {
  const ids = [...cache.waiting()];
  if (strategy === 'naive') return ids;
  if (strategy === 'random') return shuffled(ids, random);
  if (strategy === 'timesorted') return ids.sort((a, b) => cache.oldest(b) - cache.oldest(a));
  // Of equals the one that came first: a metric that waits for its file must not wait for all newer ones.
  return ids.sort((a, b) => cache.count(a) - cache.count(b) || b - a);
}

function shuffled(ids: number[], random: Random): number[] {
  for (let i = ids.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = ids[i] ?? 0;
    ids[i] = ids[j] ?? 0;
    ids[j] = held;
  }
  return ids;
}
