// What a target gave, in numbers: for who cannot see the picture, and for who wants to know exactly.

import { formatG } from '../../src/core/base/number.ts';
import type { Series } from '../../src/core/graphite/series.ts';
import { SHOWN_SERIES_MAX } from './example-graph.ts';

export function ResultTable({ series }: { readonly series: readonly Series[] }) {
  const left = series.length - SHOWN_SERIES_MAX;
  return (
    <table class="params">
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col">Points</th>
          <th scope="col">Gaps</th>
          <th scope="col">Lowest</th>
          <th scope="col">Highest</th>
          <th scope="col">Last</th>
        </tr>
      </thead>
      <tbody>
        {series.slice(0, SHOWN_SERIES_MAX).map(({ name, values }) => {
          const known = values.filter((value) => !Number.isNaN(value));
          return (
            <tr>
              <th scope="row">{name}</th>
              <td>{values.length}</td>
              <td>{values.length - known.length}</td>
              <td>
                {shown(
                  known.reduce((low, value) => Math.min(low, value), Infinity),
                  known,
                )}
              </td>
              <td>
                {shown(
                  known.reduce((high, value) => Math.max(high, value), -Infinity),
                  known,
                )}
              </td>
              <td>{shown(known.at(-1) ?? NaN, known)}</td>
            </tr>
          );
        })}
        {series.length === 0 && (
          <tr>
            <td colspan={6}>The target gives no series.</td>
          </tr>
        )}
        {left > 0 && (
          <tr>
            <td colspan={6}>{`and ${left} more`}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** Enough for a counter of bytes to be seen whole. */
const DIGITS = 10;

function shown(value: number, known: Float64Array): string {
  return known.length === 0 ? 'none' : formatG(value, DIGITS);
}
