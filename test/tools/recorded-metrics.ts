// The series that graphite-web's answers in test/golden/graphite were recorded with.

/** The time of the recording, seconds since 1970: the newest value of every metric is at it. */
export const NOW_S = 1_700_000_040;

export interface RecordedMetric {
  readonly step: number;
  /** Up to NOW_S, newest last; NaN is a gap. */
  readonly values: readonly number[];
}

const gap = NaN;

export const METRICS: Readonly<Record<string, RecordedMetric>> = {
  'a.b.c': { step: 60, values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  'a.b.d': { step: 60, values: [10, 20, gap, 40, 50, 60, 70, 80, 90, 100] },
  'a.x.c': { step: 60, values: [5, 5, 5, 5, gap, gap, 5, 5, 5, 5] },
  'a.x.e': { step: 30, values: Array.from({ length: 20 }, () => 5) },
  'cnt.one': { step: 60, values: [100, 110, 130, 5, 10, 30, 60, gap, 70, 90] },
  'e.mpty': { step: 60, values: [] },
  'z.last.v': { step: 60, values: [3, 1, 2] },
};

export interface Slots {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
}

/** The slots of a metric in (from, until], never later than the recording; null when there are none. */
export function readSlots(metric: RecordedMetric, from: number, until: number): Slots | null {
  const { step, values } = metric;
  const newest = Math.floor(NOW_S / step) * step;
  const start = Math.floor(from / step) * step + step;
  const end = Math.min(Math.floor(until / step) * step, newest) + step;
  if (start >= end) return null;
  const read = Float64Array.from({ length: (end - start) / step }, (_, index) => {
    const back = (newest - (start + index * step)) / step;
    return values[values.length - 1 - back] ?? gap;
  });
  return { start, end, step, values: read };
}
