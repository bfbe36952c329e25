// Every point that came with a name and is in no file, by reason and by metric.
//
//   too old       web1.load   3 points   last: 1600000000 0.5
//   overwritten   web1.load  12 points   last: …
//
// What had no name that could be read is counted in stats.ts and logged.
//
// The real program knows of most of these only that they are not there.

/** What happens to points, and how it is said, of one or of many: "3 points older than …". */
export const LOSSES = {
  keptOut: 'that a list keeps out',
  nanValue: 'without a value (NaN)',
  badName: 'with a name that no file can have',
  badTime: 'with a time that no file can hold',
  cacheFull: 'that found the cache full',
  tooOld: 'older than every archive of the file',
  overwritten: 'in a slot that a later one took',
} as const;

export type Loss = keyof typeof LOSSES;

export interface Entry {
  readonly loss: Loss;
  readonly points: number;
  readonly last: Lost;
}

/** The last one, as an example. Times in seconds since 1970; what is not known is null. */
export interface Lost {
  readonly atS: number;
  readonly time: number | null;
  readonly value: number | null;
  /** Who sent it. */
  readonly from: string | null;
}

export interface Ledger {
  lose(loss: Loss, metric: string, points: number, last: Lost): void;
  total(loss: Loss): number;
  /** What was lost of a metric, the most first. */
  of(metric: string): readonly Entry[];
}

/** Metrics that are remembered one by one; of more, those that lost nothing for longest are only in the totals. */
export const LEDGER_METRICS_MAX = 10_000;

export function makeLedger(): Ledger {
  const totals = new Map<Loss, number>();
  /** In the order of their last loss. */
  const metrics = new Map<string, Map<Loss, Entry>>();

  return {
    lose(loss, metric, points, last) {
      totals.set(loss, (totals.get(loss) ?? 0) + points);
      const entries = metrics.get(metric) ?? new Map<Loss, Entry>();
      entries.set(loss, { loss, points: (entries.get(loss)?.points ?? 0) + points, last });
      metrics.delete(metric);
      metrics.set(metric, entries);
      if (metrics.size <= LEDGER_METRICS_MAX) return;
      const [oldest] = metrics.keys();
      if (oldest !== undefined) metrics.delete(oldest);
    },
    total: (loss) => totals.get(loss) ?? 0,
    of: (metric) => [...(metrics.get(metric)?.values() ?? [])].sort((a, b) => b.points - a.points),
  };
}
