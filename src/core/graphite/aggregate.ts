// Many series to one: what sumSeries, averageSeries and their like do.

import { bad, good, type Result } from '../base/result.ts';
import { aggregationNamed, countKnown, enoughKnown, keepsWhole } from './aggregation.ts';
import { mapRows, normalize } from './normalize.ts';
import type { Series } from './series.ts';

/**
 * The series "<word>Series(<paths>)" of the values of all series, row by row; none from none.
 * `word` is one that users may write ("avg", "averageSeries"), and stays as they wrote it.
 */
export function aggregate(
  series: readonly Series[],
  word: string,
  xFilesFactor: number,
): Result<readonly Series[]> {
  const name = word.endsWith('Series') ? word.slice(0, -'Series'.length) : word;
  const combine = aggregationNamed(name);
  if (!combine) return bad(`Unsupported aggregation function: ${word}`);
  const grid = normalize(series);
  if (!grid) return good([]);

  const values = mapRows(grid, (row) =>
    enoughKnown(countKnown(row), row.length, xFilesFactor) ? combine(row) : NaN,
  );
  const text = `${name}Series(${joinPathExpressions(series)})`;
  return good([
    {
      name: text,
      pathExpression: text,
      start: grid.start,
      end: grid.end,
      step: grid.step,
      values,
      whole: keepsWhole(name) && series.every((one) => one.whole),
      tags: { ...commonTags(series, text), aggregatedBy: name },
      consolidation: 'average',
      xFilesFactor,
    },
  ]);
}

/** Where series came from, each place once: "a.*,b.*". */
export function joinPathExpressions(series: readonly Series[]): string {
  return [...new Set(series.map((one) => one.pathExpression))].join(',');
}

/** The tags that all series agree on; `name` is theirs, or `newName` when they have different ones. */
export function commonTags(
  series: readonly Series[],
  newName: string,
): Readonly<Record<string, string>> {
  const [first, ...others] = series;
  const shared = Object.entries(first?.tags ?? {}).filter(([tag, value]) =>
    others.every((other) => Object.hasOwn(other.tags, tag) && other.tags[tag] === value),
  );
  const tags = Object.fromEntries(shared);
  return Object.hasOwn(tags, 'name') ? tags : { ...tags, name: newName };
}
