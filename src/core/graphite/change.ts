// The ways in which a function changes a series: its values, its name, its tags.

import type { Drawing, Series } from './series.ts';

/** A new name that later functions see as the series' own text: "scale(a.b,2)". */
export function wrapped(series: Series, name: string, change: SeriesChange = {}): Series {
  return { ...changed(series, change), name, pathExpression: name };
}

/** A new name to show; later functions still join the old path expression. */
export function renamed(series: Series, name: string, change: SeriesChange = {}): Series {
  return { ...changed(series, change), name };
}

export interface SeriesChange {
  readonly values?: Float64Array;
  /** Left out, the values stay as whole as they were. */
  readonly whole?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly start?: number;
  readonly end?: number;
  readonly step?: number;
}

function changed(series: Series, change: SeriesChange): Series {
  return { ...series, ...change, tags: { ...series.tags, ...change.tags } };
}

/** A new series that no metric is behind: constantLine, sums, quotients. */
export function computed(parts: {
  readonly name: string;
  readonly pathExpression?: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly values: Float64Array;
  readonly whole?: boolean;
  readonly xFilesFactor: number;
}): Series {
  return {
    name: parts.name,
    pathExpression: parts.pathExpression ?? parts.name,
    start: parts.start,
    end: parts.end,
    step: parts.step,
    values: parts.values,
    whole: parts.whole ?? false,
    tags: { name: parts.name },
    consolidation: 'average',
    xFilesFactor: parts.xFilesFactor,
  };
}

/** The same series, drawn otherwise. */
export function drawn(series: Series, drawing: Drawing): Series {
  return { ...series, drawing: { ...series.drawing, ...drawing } };
}

/** Every known value changed; gaps stay gaps. */
export function mapKnown(values: Float64Array, change: (value: number) => number): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? NaN : change(value)));
}
