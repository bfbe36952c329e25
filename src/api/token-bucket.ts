// How often something may be done: each time takes a token, and tokens come back steadily.

/** `take` is false when there is none left. Times in milliseconds. */
export interface TokenBucket {
  take(nowMs: number): boolean;
}

/** Full at the start with `perSecond` tokens, which is also the most it holds. */
export function makeTokenBucket(perSecond: number): TokenBucket {
  let tokens = perSecond;
  let filledMs: number | null = null;
  return {
    take(nowMs) {
      // A clock that was set back gives no tokens, and takes none.
      const passedMs = Math.max(0, nowMs - (filledMs ?? nowMs));
      tokens = Math.min(perSecond, tokens + (passedMs / 1000) * perSecond);
      filledMs = nowMs;
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
  };
}
