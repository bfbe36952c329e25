// What a store gave, as the series that functions compute with.

import { tagsOf } from './names.ts';
import type { Series } from './series.ts';

/** `pattern` is the text of the target under which `path` was found. */
export function makeFetchedSeries(
  pattern: string,
  fetched: {
    readonly path: string;
    readonly start: number;
    readonly end: number;
    readonly step: number;
    readonly values: Float64Array;
  },
  xFilesFactor: number,
): Series {
  return {
    name: fetched.path,
    pathExpression: pattern,
    start: fetched.start,
    end: fetched.end,
    step: fetched.step,
    values: fetched.values,
    whole: false,
    tags: tagsOf(fetched.path),
    consolidation: 'average',
    xFilesFactor,
  };
}
