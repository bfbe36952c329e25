// keepLastValue(a.b.c,2): gaps of at most 2 points repeat the value before them.
//
//   3 . . 5 . . . 7   gives   3 3 3 5 . . . 7

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const keepLastValue: RenderFunction = {
  group: 'Transform',
  description:
    'Fills a gap with the last value before it, when the gap is not longer than the limit. A longer gap stays whole.',
  example: 'keepLastValue(clinic.web1.temperature,3)',
  traps: ['Without a limit a sensor that died long ago looks alive.'],
  params: [
    SERIES_LIST,
    { name: 'limit', type: 'intOrInf', default: { kind: 'number', value: Infinity, whole: false } },
  ],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `keepLastValue(${series.name})`, {
          values: filled(series.values, args.number('limit')),
        }),
      ),
    ),
};

function filled(values: Float64Array, limit: number): Float64Array {
  const result = values.slice();
  let gapStart = 0;
  for (let index = 0; index <= values.length; index++) {
    if (index < values.length && Number.isNaN(values[index])) continue;
    // A gap at the very beginning has no value before it.
    if (index - gapStart <= limit && gapStart > 0)
      result.fill(values[gapStart - 1] ?? NaN, gapStart, index);
    gapStart = index + 1;
  }
  return result;
}
