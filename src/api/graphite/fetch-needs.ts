// From what evaluation needs to series: finds the paths of each pattern and reads them.

import { bad, good, type Result } from '../../core/base/result.ts';
import { makeFetchedSeries } from '../../core/graphite/fetched-series.ts';
import type { Have, Need } from '../../core/graphite/render-function.ts';
import type { Series } from '../../core/graphite/series.ts';
import { parseTagQuery } from '../../core/tags/tag-expression.ts';
import { POINTS_MAX, SERIES_PER_PATTERN_MAX } from '../limits.ts';
import type { RenderParts } from './render-series.ts';

/** What one request has read so far. */
export interface Fetches {
  readonly have: Have;
  /** Reads what is needed and not yet there. */
  fetch(needs: readonly Need[]): Promise<Result<null>>;
  /** Sentences about metrics that could not be read; nothing else is spoilt by them. */
  unread(): readonly string[];
}

/** Metrics that are read between two looks at the clock. */
const PATHS_AT_ONCE = 100;

/** `isLate` tells when the time for reading is over. */
export function makeFetches(
  { store, tags, regex }: Pick<RenderParts, 'store' | 'tags' | 'regex'>,
  nowS: number,
  xFilesFactor: number,
  isLate: () => boolean,
): Fetches {
  const unread: string[] = [];
  const fetched = new Map<string, readonly Series[]>();
  let points = 0;

  async function pathsOf(pattern: string): Promise<Result<readonly string[]>> {
    if (pattern.startsWith('seriesByTag(')) {
      if (!tags) return good([]);
      const expressions = parseTagQuery(pattern, regex);
      return expressions.ok ? tags.index().find(expressions.value) : expressions;
    }
    const nodes = await store.find(pattern);
    return good([...new Set(nodes.filter((node) => node.isLeaf).map((node) => node.path))].sort());
  }

  async function fetchOne(need: Need): Promise<Result<null>> {
    const found = await pathsOf(need.path);
    if (!found.ok) return found;
    const paths = found.value;
    if (paths.length > SERIES_PER_PATTERN_MAX)
      return bad(
        `The pattern ${need.path} matches ${paths.length} series; ${SERIES_PER_PATTERN_MAX} are allowed`,
      );
    const series: Series[] = [];
    let pointsHere = 0;
    for (let first = 0; first < paths.length; first += PATHS_AT_ONCE) {
      if (isLate())
        return bad(
          `Reading ${need.path} takes too long; ask for fewer of its ${paths.length} series, or a shorter time`,
        );
      const some = paths.slice(first, first + PATHS_AT_ONCE);
      const request = { paths: some, fromS: need.from, untilS: need.until, nowS };
      for (const one of await store.read(request)) {
        if (one === null) continue;
        if ('why' in one) {
          unread.push(one.why);
          continue;
        }
        series.push(makeFetchedSeries(need.path, one, xFilesFactor));
        pointsHere += one.values.length;
      }
      if (points + pointsHere > POINTS_MAX)
        return bad(`The request reads more than ${POINTS_MAX} points; ask for a shorter time`);
    }
    points += pointsHere;
    fetched.set(keyOf(need), series);
    return good(null);
  }

  return {
    have: (need) => fetched.get(keyOf(need)) ?? null,
    async fetch(needs) {
      for (const need of needs) {
        if (fetched.has(keyOf(need))) continue;
        const result = await fetchOne(need);
        if (!result.ok) return result;
      }
      return good(null);
    },
    unread: () => unread,
  };
}

function keyOf(need: Need): string {
  return `${need.from} ${need.until} ${need.path}`;
}
