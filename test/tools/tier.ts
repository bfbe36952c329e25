// How much of the full counts a run does: the environment variable STACKLAB_TIER picks the part.

const DIVISOR = { fast: 20, ci: 4, soak: 1 } as const;

/** `full` for the soak, a quarter in CI, a twentieth (at least one) in `npm test`, which is the default. */
export function timesInTier(full: number): number {
  const tier = process.env['STACKLAB_TIER'] ?? 'fast';
  if (tier !== 'fast' && tier !== 'ci' && tier !== 'soak')
    throw new Error(`STACKLAB_TIER is "${tier}"; it may be fast, ci or soak.`);
  return Math.max(1, Math.floor(full / DIVISOR[tier]));
}
