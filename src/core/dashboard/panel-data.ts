// What a panel draws: lines on one time axis, and the figures of its legend. Numbers and strings only.

/** One series as /render?format=json answers it. */
export interface RenderedSeries {
  readonly target: string;
  readonly datapoints: readonly (readonly [number | null, number])[];
}

export interface PanelData {
  /** Seconds since 1970, rising, the same for every line. */
  readonly times: Float64Array;
  readonly lines: readonly PanelLine[];
}

export interface PanelLine {
  readonly name: string;
  /** The value at each time; NaN is a gap. */
  readonly values: Float64Array;
  /** Where it is drawn: the values, or in a stack their sum with all lines below. */
  readonly drawn: Float64Array;
}

/** More lines than a reader can tell apart: the rest is counted, not drawn. */
export const LINES_MAX = 8;

export function makePanelData(series: readonly RenderedSeries[], stacked: boolean): PanelData {
  const times = commonTimes(series);
  const places = new Map([...times].map((time, index) => [time, index]));
  const lines: PanelLine[] = [];
  let below: Float64Array | null = null;
  for (const each of series.slice(0, LINES_MAX)) {
    const values = new Float64Array(times.length).fill(NaN);
    for (const [value, time] of each.datapoints) {
      const place = places.get(time);
      if (place !== undefined && value !== null) values[place] = value;
    }
    const drawn: Float64Array = stacked ? stackOn(values, below) : values;
    if (stacked) below = drawn;
    lines.push({ name: each.target, values, drawn });
  }
  return { times, lines };
}

function commonTimes(series: readonly RenderedSeries[]): Float64Array {
  const all = new Set<number>();
  for (const each of series) for (const [, time] of each.datapoints) all.add(time);
  return Float64Array.from(all).sort();
}

/** A gap in a line stays a gap in its picture; for the lines above it counts as nothing. */
function stackOn(values: Float64Array, below: Float64Array | null): Float64Array {
  return values.map((value, index) => {
    const base = below?.[index] ?? 0;
    return value + (Number.isNaN(base) ? 0 : base);
  });
}

/** Grafana's name for a figure of one line. An empty line gives NaN. */
export function reduce(values: Float64Array, calc: string): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return NaN;
  if (calc === 'mean') return known.reduce((sum, value) => sum + value, 0) / known.length;
  if (calc === 'max') return known.reduce((best, value) => Math.max(best, value), -Infinity);
  if (calc === 'min') return known.reduce((best, value) => Math.min(best, value), Infinity);
  if (calc === 'sum') return known.reduce((sum, value) => sum + value, 0);
  return known.at(-1) ?? NaN;
}

/** Heads of the legend's columns. */
export const CALC_NAMES: Readonly<Record<string, string>> = {
  mean: 'mean',
  max: 'max',
  min: 'min',
  sum: 'sum',
  last: 'last',
  lastNotNull: 'last',
};

/** Ranges without any value in any line, as [first, last] indexes: hatched, never drawn as zero. */
export function findGaps(data: PanelData): readonly (readonly [number, number])[] {
  const gaps: [number, number][] = [];
  let start = -1;
  let seen = false;
  for (let at = 0; at < data.times.length; at++) {
    const isEmpty = data.lines.every((line) => Number.isNaN(line.values[at] ?? NaN));
    if (!isEmpty) {
      // Before the first value nothing was lost: the stack was not running yet.
      if (start >= 0 && seen) gaps.push([start, at - 1]);
      start = -1;
      seen = true;
    } else if (start < 0) start = at;
  }
  return gaps;
}
