// interpolate(a.b.c): gaps between two values are filled by a straight line.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const interpolate: RenderFunction = {
  group: 'Transform',
  description:
    'Fills a gap between two values with a straight line from one to the other, when the gap is not longer than the limit.',
  example: 'interpolate(clinic.web1.temperature,3)',
  traps: ['The limit is counted in points. Gaps at the beginning and at the end stay.'],
  params: [
    SERIES_LIST,
    { name: 'limit', type: 'intOrInf', default: { kind: 'number', value: Infinity, whole: false } },
  ],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `interpolate(${series.name})`, {
          values: bridged(series.values, args.number('limit')),
          whole: false,
        }),
      ),
    ),
};

function bridged(values: Float64Array, limit: number): Float64Array {
  const result = values.slice();
  let left = -1;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const gap = index - left - 1;
    if (left >= 0 && gap > 0 && gap <= limit) {
      const from = values[left] ?? NaN;
      for (let at = left + 1; at < index; at++)
        result[at] = from + ((at - left) * (value - from)) / (gap + 1);
    }
    left = index;
  }
  return result;
}
