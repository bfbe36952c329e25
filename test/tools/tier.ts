// How much of the full counts a run does: the environment variable STACKLAB_TIER picks the part.

import { it } from 'vitest';

const DIVISOR = { fast: 20, ci: 4, soak: 1 } as const;

export type Tier = keyof typeof DIVISOR;

/** `fast` is `npm test`, and the default. */
export function tier(): Tier {
  const name = process.env['STACKLAB_TIER'] ?? 'fast';
  if (name !== 'fast' && name !== 'ci' && name !== 'soak')
    throw new Error(`STACKLAB_TIER is "${name}"; it may be fast, ci or soak.`);
  return name;
}

/** `full` for the soak, a quarter in CI, a twentieth (at least one) in `npm test`. */
export function timesInTier(full: number): number {
  return Math.max(1, Math.floor(full / DIVISOR[tier()]));
}

/** The whole list in CI and in the soak; of each `every` things one in `npm test`. */
export function partInTier<T>(list: readonly T[], every: number): readonly T[] {
  return tier() === 'fast' ? list.filter((_, at) => at % every === 0) : list;
}

/** A test for which `npm test` has no time: there it is skipped, CI and the soak do it. */
export function itInCi(name: string, test: () => Promise<void>): void {
  // Skipped in `npm test`, which has six minutes: CI and the soak do it.
  it.skipIf(tier() === 'fast')(name, test);
}
