// How much of the full counts a run does: the environment variable STACKLAB_TIER picks the part.

import { execFileSync } from 'node:child_process';
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

/** `full` for the soak, a quarter in CI (less of what is slow), a twentieth (at least one) in `npm test`. */
export function timesInTier(full: number, divisorInCi: number = DIVISOR.ci): number {
  const divisor = tier() === 'ci' ? divisorInCi : DIVISOR[tier()];
  return Math.max(1, Math.floor(full / divisor));
}

/** The whole list in CI and in the soak; of each `every` things one in `npm test`. */
export function partInTier<T>(list: readonly T[], every: number): readonly T[] {
  return tier() === 'fast' ? list.filter((_, at) => at % every === 0) : list;
}

/** Of what is long to go through, CI takes every `every`th, and at another commit perhaps others. */
export function turnInTier<T>(list: readonly T[], every: number): readonly T[] {
  if (tier() !== 'ci') return list;
  const commit = execFileSync('git', ['rev-parse', '--short=8', 'HEAD'], { encoding: 'utf8' });
  const first = Number.parseInt(commit, 16) % every;
  return list.filter((_, at) => at % every === first);
}

/** A test for which `npm test` has no time: there it is skipped, CI and the soak do it. */
export function itInCi(name: string, test: () => Promise<void>): void {
  // Skipped in `npm test`, which has six minutes: CI and the soak do it.
  it.skipIf(tier() === 'fast')(name, test);
}
