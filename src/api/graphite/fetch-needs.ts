// From what evaluation needs to series: finds the paths of each pattern and reads them.

import { bad, good, type Result } from '../../core/base/result.ts';
import { makeFetchedSeries } from '../../core/graphite/fetched-series.ts';
import type { Have, Need } from '../../core/graphite/render-function.ts';
import type { Series } from '../../core/graphite/series.ts';
import { POINTS_MAX, SERIES_PER_PATTERN_MAX } from '../limits.ts';
import type { Store } from '../store.ts';

/** What one request has read so far. */
export interface Fetches {
  readonly have: Have;
  /** Reads what is needed and not yet there. */
  fetch(needs: readonly Need[]): Promise<Result<null>>;
}

export function makeFetches(store: Store, nowS: number, xFilesFactor: number): Fetches {
  const fetched = new Map<string, readonly Series[]>();
  let points = 0;

  async function fetchOne(need: Need): Promise<Result<null>> {
    const nodes = await store.find(need.path);
    const paths = [...new Set(nodes.filter((node) => node.isLeaf).map((node) => node.path))].sort();
    if (paths.length > SERIES_PER_PATTERN_MAX)
      return bad(
        `The pattern ${need.path} matches ${paths.length} series; ${SERIES_PER_PATTERN_MAX} are allowed`,
      );
    const request = { paths, fromS: need.from, untilS: need.until, nowS };
    const read = paths.length === 0 ? [] : await store.read(request);
    const series = read
      .filter((one) => one !== null)
      .map((one) => makeFetchedSeries(need.path, one, xFilesFactor));
    points += series.reduce((total, one) => total + one.values.length, 0);
    if (points > POINTS_MAX)
      return bad(`The request reads more than ${POINTS_MAX} points; ask for a shorter time`);
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
  };
}

function keyOf(need: Need): string {
  return `${need.from} ${need.until} ${need.path}`;
}
