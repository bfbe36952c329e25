// Dice that fall the same way on every engine: integer arithmetic only (mulberry32).

export interface Random {
  /** A whole number from 0 up to, not including, `limit` (at most 2^32). */
  below(limit: number): number;
  /** A fraction from 0 up to, not including, 1, in steps of 2^-32. */
  fraction(): number;
  /** True `chance` of the time: chance(0.2) is true one time in five. */
  chance(chance: number): boolean;
}

export function makeRandom(seed: number): Random {
  let state = seed >>> 0;

  function next32(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  const fraction = (): number => next32() / 4294967296;
  return {
    fraction,
    below: (limit) => Math.floor(fraction() * limit),
    chance: (chance) => fraction() < chance,
  };
}
