// A bucket of tokens: so many at once, then so many a second. Carbon limits creations and writes with it.

export interface Tokens {
  /** Takes one; false when there is none. */
  take(nowMs: number): boolean;
  has(nowMs: number): boolean;
}

/** `capacity` Infinity never runs out. */
export function makeTokens(capacity: number, perSecond: number): Tokens {
  let tokens = capacity;
  let filledMs: number | null = null;

  function fill(nowMs: number): void {
    const elapsedS = filledMs === null ? 0 : Math.max(0, nowMs - filledMs) / 1000;
    if (elapsedS > 0 && capacity !== Infinity)
      tokens = Math.min(capacity, tokens + elapsedS * perSecond);
    filledMs = nowMs;
  }

  return {
    take(nowMs) {
      fill(nowMs);
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
    has(nowMs) {
      fill(nowMs);
      return tokens >= 1;
    },
  };
}
