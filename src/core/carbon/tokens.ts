// A bucket of tokens: so many at once, then so many a second. Carbon limits creations and writes with it.

export interface Tokens {
  /** Takes one; false when there is none. Times are of a clock that only goes forward. */
  take(steadyMs: number): boolean;
  has(steadyMs: number): boolean;
}

/** `capacity` Infinity never runs out. */
export function makeTokens(capacity: number, perSecond: number): Tokens {
  let tokens = capacity;
  let filledMs: number | null = null;

  function fill(steadyMs: number): void {
    const elapsedS = filledMs === null ? 0 : (steadyMs - filledMs) / 1000;
    if (elapsedS > 0 && capacity !== Infinity)
      tokens = Math.min(capacity, tokens + elapsedS * perSecond);
    filledMs = steadyMs;
  }

  return {
    take(steadyMs) {
      fill(steadyMs);
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
    has(steadyMs) {
      fill(steadyMs);
      return tokens >= 1;
    },
  };
}
